import { logIn } from '../data/log-in.ts'
import { type Fleet, hasHaproxy, startBehindHaproxy, startCluster, startSingle } from '../fleet/fleet.ts'
import { measurePgbench, type PgbenchLimits } from '../limits/pgbench.ts'
import type { Call, Generator, LoadResult } from '../load/load.ts'
import { type Target, usersPerConnection } from '../measure.ts'
import { cpuSecondsOf, memoryOf } from '../processes/usage.ts'
import { runRounds } from '../rounds.ts'

/** Several processes of the API on one machine, beside one. */
export interface FleetResults {
  rows: FleetRow[]
  /** Undefined where pgbench is not installed. */
  limits: PgbenchLimits | undefined
}

export interface FleetRow {
  fleet: string
  call: Call
  rounds: FleetMeasurement[]
}

/** One stretch of load on all processes of a fleet. */
export interface FleetMeasurement extends LoadResult {
  rate: number
  /** Processor time of the least busy process of the API, of that of the busiest: 1 is even. */
  evenness: number
  /** Processor milliseconds a call: of the API's processes, and of what stands before them. */
  cpuMs: { api: number; front: number }
  /** Memory of all processes of the API, in MB. */
  residentMb: number
}

const processes = 2

const calls = ['login', 'refresh', 'me'] as const

/** Clients: enough that both processes always have work. */
const connections = 64

/** Measures one process, two behind HAProxy and two of `node:cluster`, in turns. */
export async function measureFleets(
  generator: Generator,
  { databaseUrl, users }: Omit<Target, 'server'>,
  { rounds, seconds, say }: { rounds: number; seconds: number; say: (text: string) => void },
): Promise<FleetResults> {
  await using stack = new AsyncDisposableStack()
  const fleets: [string, Fleet][] = [
    ['one process', stack.use(await startSingle(databaseUrl))],
    ['two of node:cluster', stack.use(await startCluster(databaseUrl, processes))],
  ]
  if (hasHaproxy()) {
    const fleet = stack.use(await startBehindHaproxy(databaseUrl, processes))
    fleets.push(['two behind HAProxy', fleet])
  }
  const put = async (url: string, call: Call) => {
    const credentials = await logIn(databaseUrl, { users, count: connections * usersPerConnection })
    return await generator.run({ url, call, seconds, connections, credentials })
  }
  const steps = calls.flatMap((call) =>
    fleets.map(([name, fleet]) => ({ name, call, run: () => measureFleet(fleet, (url) => put(url, call)) })),
  )
  const named = Object.fromEntries(steps.map(({ name, call, run }) => [`${call}, ${name}`, run]))
  await runRounds(named, 1, (step) => say(`warming up, ${step}`))
  const measured = await runRounds(named, rounds, say)
  return {
    rows: steps.map(({ name, call }) => ({ fleet: name, call, rounds: measured[`${call}, ${name}`] ?? [] })),
    limits: measurePgbench({ databaseUrl, users }, seconds),
  }
}

async function measureFleet(
  { url, pids, frontPid }: Fleet,
  load: (url: string) => Promise<LoadResult>,
): Promise<FleetMeasurement> {
  const watched = frontPid === undefined ? pids : [...pids, frontPid]
  const before = watched.map(cpuSecondsOf)
  const result = await load(url)
  const used = watched.map((pid, index) => cpuSecondsOf(pid) - (before[index] ?? 0))
  const api = used.slice(0, pids.length)
  const front = used.at(pids.length) ?? 0
  const each = (seconds: number) => (seconds * 1000) / result.requests
  return {
    ...result,
    rate: result.requests / result.seconds,
    evenness: Math.min(...api) / Math.max(...api),
    cpuMs: { api: each(api.reduce((sum, seconds) => sum + seconds, 0)), front: each(front) },
    residentMb: pids.map((pid) => memoryOf(pid).residentMb).reduce((sum, mb) => sum + mb, 0),
  }
}
