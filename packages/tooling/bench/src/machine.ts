import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** The machine of the measurements. */
export interface Machine {
  at: string
  cpu: string
  cores: number
  memoryGb: number
  node: string
  /** The load of the last minute, before the run and after it. */
  loadAverages: number[]
}

/** Describes this machine as it is now. */
export function readMachine(): Machine {
  return {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1e9),
    node: process.version,
    loadAverages: [loadavg()[0] ?? 0],
  }
}
