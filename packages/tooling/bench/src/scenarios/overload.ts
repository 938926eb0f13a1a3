import { availableParallelism } from 'node:os'
import { type Generator, type LoadResult, startGenerator } from '../load/load.ts'
import { logIn } from '../data/log-in.ts'
import { type Bench, type Measurement, measure, type Target } from '../measure.ts'
import { memoryOf } from '../processes/usage.ts'
import { runRounds } from '../rounds.ts'

/** Calls that are measured during a flood of logins. */
export type Probe = 'refresh' | 'me' | 'healthz'

/** The effects of a flood of logins, round by round. */
export interface Overload {
  rounds: OverloadRound[]
  /** Memory of the API at its highest, in MB. */
  peakMb: number
}

interface OverloadRound {
  idle: Record<Probe, LoadResult>
  flooded: Record<Probe, LoadResult>
  /** Logins with as many clients as there are cores: none waits in the queue. */
  calmLogins: Measurement
  floodLogins: Measurement
}

const floodClients = 64

/** Requests a second of each probe, which is one client. */
export const probeRate = 100

/** Floods the API with logins and measures refresh, `me` and the health probe meanwhile. */
export async function measureOverload(
  bench: Bench,
  target: Target,
  { seconds, rounds, say }: { seconds: number; rounds: number; say: (text: string) => void },
): Promise<Overload> {
  await using refresh = startGenerator()
  await using me = startGenerator()
  await using healthz = startGenerator()
  const probes = { refresh, me, healthz }
  const flood = (connections: number) => measure(bench, target, { call: 'login', seconds, connections })
  const overload = async (): Promise<OverloadRound> => {
    const idle = await probe(probes, target, seconds)
    const calmLogins = await flood(availableParallelism())
    const [floodLogins, flooded] = await Promise.all([flood(floodClients), probe(probes, target, seconds)])
    return { idle, flooded, calmLogins, floodLogins }
  }
  const measured = await runRounds({ overload }, rounds, say)
  return { rounds: measured.overload, peakMb: memoryOf(target.server.pid).peakMb }
}

async function probe(
  probes: Record<Probe, Generator>,
  { server, databaseUrl, users }: Target,
  seconds: number,
): Promise<Record<Probe, LoadResult>> {
  const credentials = await logIn(databaseUrl, { users, count: 20 })
  const load = { url: server.url, seconds, connections: 1, rate: probeRate, credentials }
  const [refresh, me, healthz] = await Promise.all([
    probes.refresh.run({ ...load, call: 'refresh' }),
    probes.me.run({ ...load, call: 'me' }),
    probes.healthz.run({ ...load, call: 'healthz' }),
  ])
  return { refresh, me, healthz }
}
