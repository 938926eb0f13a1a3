import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Cli } from '../../src/cli.ts'
import { composeCli } from '../../src/compose.ts'
import { run } from '../../src/run.ts'

export const mainFile = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** After so long a process hangs: it is killed, and its exit code is null. */
export const hangMs = 60_000

interface RunOptions {
  env?: Record<string, string>
  /**
   * What standard input holds. Default: a pipe that stays open and silent, so that a reader of it
   * hangs.
   */
  stdin?: string | Buffer
  /** Files that stand elsewhere than in this checkout. */
  files?: Partial<Pick<Cli, 'secretFiles' | 'developmentDataDir'>>
}

export interface Finished {
  code: number | null
  stdout: string
  stderr: string
}

/** Nothing of the environment of the tests but where programs are. */
export function bareEnvironment(env: Record<string, string> = {}): Record<string, string> {
  return { PATH: process.env['PATH'] ?? '', ...env }
}

/** Runs the real tool in this process until it ends. */
export async function runCli(
  args: string[],
  { env = {}, stdin: given, files }: RunOptions = {},
): Promise<Finished> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()]
  const written = Promise.all([text(stdout), text(stderr)])
  if (given !== undefined) stdin.end(given)
  const code = await run(args, {
    ...composeCli(bareEnvironment(env), { stdin, stdout, stderr }),
    ...files,
  })
  for (const stream of [stdin, stdout, stderr]) stream.end()
  const [out, err] = await written
  return { code, stdout: out, stderr: err }
}

/** Runs a program in a process of its own until it ends. */
export async function runProcess(program: string[], { env, stdin }: RunOptions = {}): Promise<Finished> {
  const child = spawn(process.execPath, program, {
    cwd: '/',
    env: bareEnvironment(env),
    timeout: hangMs,
    killSignal: 'SIGKILL',
  })
  child.stdin.on('error', () => {}) // It may end before it has read everything.
  if (stdin !== undefined) child.stdin.end(stdin)
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  child.stdin.destroy()
  return { code: child.exitCode, stdout, stderr }
}
