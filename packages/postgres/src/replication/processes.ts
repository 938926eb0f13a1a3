import { findServerProcesses, signal } from '../server/server-processes.ts'

/**
 * Processes that were stopped (SIGSTOP) and can resume. They are killed when this process ends,
 * since a stopped process handles no other signal.
 */
export type StoppedProcesses = { resume: (beforeResuming?: NodeJS.Signals) => void }

/** Stops every process of a server, the postmaster first, so that it starts no other meanwhile. */
export async function stopAll(name: string): Promise<StoppedProcesses> {
  return stopThese(await findPids(name))
}

/**
 * Stops the WAL receiver of a standby. What the primary sends then waits in the socket.
 * @throws {Error} there is no WAL receiver
 */
export async function stopReceiver(name: string): Promise<StoppedProcesses> {
  const all = await findServerProcesses(name)
  const receivers = all.filter(({ command }) => command.includes('walreceiver'))
  if (receivers.length === 0)
    throw new Error('The server receives no WAL: it is no standby, or its primary is away.')
  return stopThese(receivers.map(({ pid }) => pid))
}

/** Kills every process of a server, as a power cut does. */
export async function killAll(name: string): Promise<void> {
  for (const pid of await findPids(name)) signal(pid, 'SIGKILL')
}

async function findPids(name: string): Promise<number[]> {
  const all = await findServerProcesses(name)
  return all
    .toSorted((one, other) => Number(other.isPostmaster) - Number(one.isPostmaster))
    .map(({ pid }) => pid)
}

function stopThese(pids: number[]): StoppedProcesses {
  const killAtExit = () => pids.forEach((pid) => signal(pid, 'SIGKILL'))
  process.once('exit', killAtExit)
  for (const pid of pids) signal(pid, 'SIGSTOP')
  return {
    resume(beforeResuming) {
      process.off('exit', killAtExit)
      for (const pid of pids) {
        if (beforeResuming) signal(pid, beforeResuming)
        signal(pid, 'SIGCONT')
      }
    },
  }
}
