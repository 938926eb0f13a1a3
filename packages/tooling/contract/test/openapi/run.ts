import { execFile } from 'node:child_process'
import { join } from 'node:path'

/** The folder of this package. */
export const packageDir = join(import.meta.dirname, '../..')

/** How a program ended and what it wrote. */
export interface Outcome {
  exitCode: number | string | null | undefined
  stdout: string
  stderr: string
}

/**
 * Runs a program that this package depends on, to its end, with nothing of the environment but
 * `PATH` and `env`.
 */
export function runTool(name: string, args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return run(join(packageDir, 'node_modules/.bin', name), args, env)
}

/** Runs a JavaScript program with this Node, to its end. */
export function runNode(args: string[]): Promise<Outcome> {
  return run(process.execPath, args, {})
}

function run(file: string, args: string[], env: Record<string, string>): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>()
  const options = { cwd: packageDir, env: { PATH: process.env['PATH'], ...env }, maxBuffer: 1024 * 1024 * 16 }
  execFile(file, args, options, (error, stdout, stderr) => {
    resolve({ exitCode: error === null ? 0 : error.code, stdout, stderr })
  })
  return promise
}
