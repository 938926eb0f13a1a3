import { setTimeout as pause } from 'node:timers/promises'
import { logIn } from './data/log-in.ts'
import type { Call, Generator } from './load/load.ts'
import { batchSize } from './load/requests.ts'
import { cpuSecondsOf, cpuSecondsOfFamily, memoryOf, tickSeconds } from './processes/usage.ts'
import type { Server } from './processes/server.ts'

/** The processes that a run measures with. */
export interface Bench {
  generator: Generator
  /** The process id of PostgreSQL's postmaster. */
  databasePid: number
}

/** A server and its seeded database. */
export interface Target {
  server: Server
  databaseUrl: string
  users: number
}

/** One stretch of load and its cost. */
export interface Measurement {
  /** Calls a second: a batch counts as all of its calls. */
  rate: number
  /** Milliseconds until an answer. */
  p50: number
  p99: number
  requests: number
  failures: number
  /** Processor milliseconds a call: of the server, of PostgreSQL and of the load generator. */
  cpuMs: { server: number; database: number; generator: number }
  /** Memory of the server at its end, in MB. */
  residentMb: number
}

/** Loads a server with calls for some seconds; each connection has its own users. */
export async function measure(
  { generator, databasePid }: Bench,
  target: Target,
  load: { call: Call; seconds: number; connections: number; rate?: number },
): Promise<Measurement> {
  const { server, databaseUrl, users } = target
  const credentials = await logIn(databaseUrl, { users, count: load.connections * usersPerConnection })
  const readCpu = () => [
    cpuSecondsOf(server.pid),
    cpuSecondsOfFamily(databasePid),
    cpuSecondsOf(generator.pid),
  ]
  const before = readCpu()
  const result = await generator.run({ ...load, url: server.url, credentials })
  const after = readCpu()
  const { residentMb } = memoryOf(server.pid)
  await untilQuiet(server.pid)
  const calls = result.requests * (load.call === 'trpc.me.batch' ? batchSize : 1)
  const [ofServer, ofDatabase, ofGenerator] = after.map((end, index) => end - (before[index] ?? 0))
  // Counts at least one tick: the scale divides by this value.
  const each = (seconds = 0) => (Math.max(tickSeconds, seconds) * 1000) / calls
  return {
    rate: calls / result.seconds,
    p50: result.p50,
    p99: result.p99,
    requests: result.requests,
    failures: result.failures,
    cpuMs: { server: each(ofServer), database: each(ofDatabase), generator: each(ofGenerator) },
    residentMb,
  }
}

/**
 * Waits until a server has finished the requests of the last load, so that they do not burden the
 * next measurement.
 */
async function untilQuiet(pid: number): Promise<void> {
  let before: number
  do {
    before = cpuSecondsOf(pid)
    await pause(quietMs)
  } while (cpuSecondsOf(pid) > before)
}

/** Longer than a password takes to hash. */
const quietMs = 50

/** Enough users that rows are not always in the processor's cache. */
export const usersPerConnection = 20
