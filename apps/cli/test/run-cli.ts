import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const mainFile = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** After so long a process hangs: it is killed, and its exit code is null. */
export const hangMs = 60_000

export interface RunOptions {
  env?: Record<string, string>
  /**
   * What standard input holds. Default: a pipe that stays open and silent, so that whoever reads it
   * hangs.
   */
  stdin?: string | Buffer
  /** The program to run instead of src/main.ts. */
  program?: string[]
}

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

const NODE_COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url))

/**
 * Nothing of the environment of the tests but where programs are, and what Node has compiled of
 * them.
 */
export function bareEnvironment(env: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE, ...env }
}

/** Runs the real tool in a process of its own until it ends. */
export async function runCli(args: string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(process.execPath, [...(options.program ?? [mainFile]), ...args], {
    cwd: '/',
    env: bareEnvironment(options.env),
    timeout: hangMs,
    killSignal: 'SIGKILL',
  })
  child.stdin.on('error', () => {}) // It may end before it has read everything.
  if (options.stdin !== undefined) child.stdin.end(options.stdin)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  child.stdin.destroy()
  return { code: child.exitCode, stdout, stderr }
}
