import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { Consumer } from './pack.ts'

interface Bundle {
  /** The source files in it. */
  files: string[]
  /** The modules that it leaves to the runtime. */
  imports: string[]
  code: string
  gzipBytes: number
}

/**
 * Bundles a module of a consumer as an app would, minified: for a browser, or as one script that
 * sets the global `bundle`.
 */
export async function bundle(consumer: Consumer, source: string, format: 'esm' | 'iife'): Promise<Bundle> {
  const entry = join(consumer.folder, 'entry.js')
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    external: /^node:/,
    plugins: [
      {
        name: 'entry',
        load: (id) => (id === entry ? source : undefined),
        resolveId: (id) => (id === entry ? id : undefined),
      },
    ],
  })
  const { output } = await build.generate({ format, name: 'bundle', minify: true })
  await build.close()
  const [{ code, imports, moduleIds }] = output
  return { files: moduleIds, imports, code, gzipBytes: gzipSync(code).byteLength }
}
