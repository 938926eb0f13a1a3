import { summarize } from '../report/rows.ts'
import type { Results } from '../run.ts'
import type { Storage } from '../scenarios/storage.ts'
import { median } from '../statistics.ts'

/** The calls of a day. */
export const calls = ['login', 'refresh', 'me'] as const

export type PricedCall = (typeof calls)[number]

/** Statements that a call sends to PostgreSQL, each in a transaction of its own. */
export const statements: Record<PricedCall, number> = { login: 2, refresh: 1, me: 1 }

/** Measured costs. */
export interface Costs {
  /** Processor milliseconds of a hash of a password. */
  hashMs: number
  /** Processor milliseconds of the API, without the hash, and of PostgreSQL. */
  apiMs: Record<PricedCall, number>
  databaseMs: Record<PricedCall, number>
  /** Refresh statements a second that PostgreSQL answered for each core of the machine. */
  rotationsPerCore: number
  /** Memory of an instance at its highest. */
  instanceMb: number
  /** Cores of the machine that all of this was measured on. */
  cores: number
  rowBytes: Storage['rowBytes']
  log: Record<'login' | 'refresh', { recordBytes: number; pages: number }>
}

/** Returns the costs of a run: of calls on its largest database, of limits on its first. */
export function readCosts(results: Results): Costs {
  const { machine, ratios, overload, storage } = results
  const { cores } = machine
  const hashMs = (cores * 1000) / median(ratios.limits.hash.map(({ rate }) => rate))
  const [login, refresh, me] = calls.map((call) => largest(results, call).cpuMs)
  const of = (read: 'server' | 'database') => ({
    login: login?.[read] ?? Number.NaN,
    refresh: refresh?.[read] ?? Number.NaN,
    me: me?.[read] ?? Number.NaN,
  })
  const server = of('server')
  return {
    hashMs,
    apiMs: { ...server, login: Math.max(0, server.login - hashMs) },
    databaseMs: of('database'),
    rotationsPerCore: median(ratios.limits.database.map(({ rate }) => rate)) / cores,
    instanceMb: overload.peakMb,
    cores,
    rowBytes: storage.rowBytes,
    log: storage.log,
  }
}

/** Returns a call's measurement on the largest database. */
function largest({ growth }: Results, call: PricedCall) {
  const points = growth.users.filter((point) => point.call === call)
  const [point] = points.toSorted((a, b) => b.size - a.size)
  return summarize(call, point?.measurements ?? [])
}
