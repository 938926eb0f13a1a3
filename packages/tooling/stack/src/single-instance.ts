import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** Longest time for the earlier instance to stop, in milliseconds. */
const stopLimitMs = 5000

/**
 * Makes this process the only instance. It first stops the process that `file` names, if it runs
 * the same program: one forgotten in another terminal or orphaned by a crash. Returns its process
 * id if there was one.
 */
export async function takeOver(file: string, program: string): Promise<number | undefined> {
  const owner = findOwner(file)
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  // First, so that the earlier one can tell who stops it.
  await writeFile(file, `${process.pid}\n`)
  if (owner === undefined || owner === process.pid || !runs(owner, program)) return undefined
  await stop(owner, program)
  return owner
}

/** Returns the process id in a file: that of the only instance, unless it was killed. */
export function findOwner(file: string): number | undefined {
  if (!existsSync(file)) return undefined
  const pid = Number(readFileSync(file, 'utf8'))
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined
}

/** Checks the command line: the process id may belong to another program by now. */
function runs(pid: number, program: string): boolean {
  try {
    return commandLine(pid).includes(program)
  } catch {
    return false
  }
}

function commandLine(pid: number): string {
  if (existsSync('/proc/self/cmdline')) return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
}

async function stop(pid: number, program: string): Promise<void> {
  process.kill(pid, 'SIGTERM')
  const deadline = Date.now() + stopLimitMs
  while (runs(pid, program)) {
    if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
    await pause(50)
  }
}
