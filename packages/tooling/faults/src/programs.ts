import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'

/** Returns whether a program (a Debian package of the same name) is installed. */
export function hasProgram(command: string): boolean {
  return spawnSync(command, ['--version']).error === undefined
}

/** Returns whether Debian's PostgreSQL 15 has Citus. */
export function hasCitus(): boolean {
  return existsSync('/usr/share/postgresql/15/extension/citus.control')
}

/** A program that runs. */
export interface Program {
  /** Sends a signal: SIGSTOP makes it silent, SIGCONT lets it go on. */
  signal(signal: NodeJS.Signals): void
  /** Kills it and resolves when it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a program and resolves when it runs; it may serve later.
 * @throws {Error} with its output, when it cannot run
 */
export async function startProgram(command: string, args: string[]): Promise<Program> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  const ended = once(child, 'close')
  await Promise.race([
    once(child, 'spawn'),
    ended.then(() => Promise.reject(new Error(`${command} ended: ${output}`))),
  ])
  return { signal: (signal) => void child.kill(signal), stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL')
  await ended
}
