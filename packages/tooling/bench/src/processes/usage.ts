import { readdirSync, readFileSync } from 'node:fs'

/** Ticks a second in /proc: USER_HZ, which Linux fixes at 100. */
const ticksPerSecond = 100

/** The smallest measurable processor time. */
export const tickSeconds = 1 / ticksPerSecond

/** Returns the processor seconds of a process and its exited children (proc_pid_stat(5)). */
export function cpuSecondsOf(pid: number): number {
  const [utime, stime, cutime, cstime] = readStat(pid).slice(11, 15).map(Number)
  return ((utime ?? 0) + (stime ?? 0) + (cutime ?? 0) + (cstime ?? 0)) / ticksPerSecond
}

/**
 * Returns the processor seconds of a process and all its children, for example those of
 * PostgreSQL's postmaster.
 */
export function cpuSecondsOfFamily(pid: number): number {
  return [pid, ...childrenOf(pid)].reduce((sum, each) => sum + cpuSecondsIfThere(each), 0)
}

/** Returns the processes whose parent is this one. */
export function childrenOf(pid: number): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.map(Number).filter((each) => parentOf(each) === pid)
}

/**
 * Returns the memory of a process in MB (10⁶ bytes): resident now, and its peak
 * (proc_pid_status(5)).
 */
export function memoryOf(pid: number): { residentMb: number; peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const read = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6
  return { residentMb: read('VmRSS'), peakMb: read('VmHWM') }
}

/** Returns the fields from the third on: the second is a name in brackets with any characters. */
function readStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Returns the parent of a process; `undefined` when it has exited. */
export function parentOf(pid: number): number | undefined {
  try {
    return Number(readStat(pid)[1])
  } catch {
    return undefined
  }
}

function cpuSecondsIfThere(pid: number): number {
  try {
    return cpuSecondsOf(pid)
  } catch {
    return 0
  }
}
