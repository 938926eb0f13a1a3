import { type ChildProcess, execFile, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import type { RunAs } from './run-as.ts'

export type SpawnBoundOptions = {
  cwd: string
  runAs: RunAs | undefined
  stdio: SpawnOptions['stdio']
}

export type BoundProcess = {
  child: ChildProcess
  /** Resolves to the exit code, or to the signal that ended it. */
  ended: Promise<number | string>
}

const run = promisify(execFile)
let setpriv: Promise<string | undefined> | undefined

/**
 * Starts a program in its own session, so that Ctrl-C reaches only this process, and resolves when
 * it runs. With setpriv (util-linux) the kernel interrupts the program when the thread that started
 * it dies.
 */
export async function spawnBound(
  file: string,
  args: string[],
  options: SpawnBoundOptions,
): Promise<BoundProcess> {
  setpriv ??= findSetpriv()
  const binder = await setpriv
  const child = spawn(binder ?? file, binder ? ['--pdeathsig', 'INT', '--', file, ...args] : args, {
    cwd: options.cwd,
    stdio: options.stdio ?? 'ignore',
    detached: true,
    env: serverEnvironment,
    ...options.runAs,
  })
  const ended = new Promise<number | string>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  await once(child, 'spawn')
  return { child, ended }
}

/**
 * Passes none of this process's environment: no secrets, and no PGDATA, PGPORT or locale that would
 * change the server.
 */
export const serverEnvironment = { LC_ALL: 'C', TZ: 'UTC' }

async function findSetpriv(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined
  const script = 'command -v setpriv && setpriv --pdeathsig INT -- true'
  return run('/bin/sh', ['-c', script], { cwd: '/', timeout: 10_000 }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
