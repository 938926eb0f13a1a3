import { compileCacheFolder } from './compile-cache.ts'

interface NodeOptions {
  /** The flags that Node must have been started with, for example `--max-semi-space-size=8`. */
  flags?: string[]
  /** The whole environment that the process may have. */
  env: NodeJS.ProcessEnv
}

/**
 * Restarts this process under the same id, unless Node has these flags, the compile cache and no
 * other environment variable. A deleted variable would stay readable from outside. Windows cannot
 * do it: the process goes on as it is.
 */
export function startOver({ flags = [], env: given }: NodeOptions): void {
  const env = { NODE_COMPILE_CACHE: compileCacheFolder, ...given }
  const missing = flags.filter((flag) => !process.execArgv.includes(flag))
  const isSame = Object.keys({ ...process.env, ...env }).every((name) => name in process.env && name in env)
  if ((missing.length === 0 && isSame) || process.execve === undefined) return
  const args = [...process.execArgv, ...missing, ...process.argv.slice(1)]
  process.execve(process.execPath, [process.execPath, ...args], env)
}
