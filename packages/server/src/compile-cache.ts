import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** The folder of Node's compile cache. With it a program starts in two thirds of the time. */
export const compileCacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/node', import.meta.url))

/**
 * Import this module for its effect, before the other modules of a program. NODE_COMPILE_CACHE
 * overrides the folder.
 */
enableCompileCache(compileCacheFolder)
