import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { poll } from './poll.ts'

type ServerProcess = { pid: number; isPostmaster: boolean; command: string }

const run = promisify(execFile)

/**
 * Returns the name of this folder's server in the process list (the setting cluster_name). It
 * consists of device and inode: it stays when the folder moves and differs for a copy. Unlike the
 * id in postmaster.pid it never matches a foreign process.
 */
export async function clusterName(dataFolder: string): Promise<string> {
  const { dev, ino } = await stat(dataFolder, { bigint: true })
  return `[accounts-${dev}-${ino}]`
}

/**
 * Stops all processes of this name, a whole server or the remains of a crash, and resolves when
 * they are gone. Fast shutdown first, after 2 s an immediate one, after 3 s more SIGKILL.
 * @throws {Error} a process still runs 10 s after SIGKILL, or belongs to another account
 */
export async function stopServerProcesses(name: string): Promise<void> {
  if (await isGoneAfter(name, 'SIGINT', 2_000)) return
  if (await isGoneAfter(name, 'SIGQUIT', 3_000)) return
  for (const { pid } of await findServerProcesses(name)) signal(pid, 'SIGKILL')
  const isGone = async () => (await findServerProcesses(name)).length === 0
  if (await poll(isGone, { timeoutMs: 10_000, everyMs: 50 })) return
  const pids = (await findServerProcesses(name)).map(({ pid }) => pid)
  throw new Error(`PostgreSQL processes do not end: ${pids.join(', ')}. End them by hand and start again.`)
}

/**
 * Signals the postmaster, which signals its children. Where a crash left only children, signals
 * them.
 */
async function isGoneAfter(name: string, how: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  const found = await findServerProcesses(name)
  if (found.length === 0) return true
  const postmasters = found.filter(({ isPostmaster }) => isPostmaster)
  for (const { pid } of postmasters.length > 0 ? postmasters : found) signal(pid, how)
  return poll(async () => (await findServerProcesses(name)).length === 0, { timeoutMs, everyMs: 20 })
}

/** Returns the running processes of this name. A zombie has no command and does not count. */
export async function findServerProcesses(name: string): Promise<ServerProcess[]> {
  const all = process.platform === 'linux' ? readProc() : await readPs()
  return all
    .filter(
      ({ command }) => command.includes(name) && /^(postgres: |\/.*\/(setpriv|postgres) )/.test(command),
    )
    .map(({ pid, command }) => ({ pid, isPostmaster: !command.startsWith('postgres: '), command }))
}

/**
 * Reads synchronously: /proc is memory, and the thread pool would cost ten times as much for each
 * file.
 */
function readProc(): { pid: number; command: string }[] {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return pids.map((pid) => ({ pid: Number(pid), command: readCommand(pid).replaceAll('\0', ' ') }))
}

/** Empty for a process that has ended. */
function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

/** For systems without /proc (macOS). */
export async function readPs(): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await run('ps', ['-axww', '-o', 'pid=,command='], { maxBuffer: 64 * 1024 * 1024 })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+) (.*)$/.exec(line) ?? []
    return pid && command ? [{ pid: Number(pid), command }] : []
  })
}

/** Sends a signal to a process that may be gone. */
export function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how)
  } catch {
    // The process is gone, or another account's: the wait that follows finds out.
  }
}
