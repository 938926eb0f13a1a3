import { type Table, tables } from '../scenarios/storage.ts'
import { assumed } from './assumptions.ts'
import { calls, type Costs, type PricedCall, statements } from './costs.ts'

/**
 * The needs of a number of daily users. Cores and rates are those of the peak; cores are planned
 * `busyShare` busy.
 */
export interface Needs {
  dailyUsers: number
  average: Record<PricedCall, number>
  peak: Record<PricedCall, number>
  cores: { hashing: number; api: number; databaseReads: number; databaseWrites: number }
  rows: Record<Table, number>
  bytes: Record<Table, number>
  statementsPerSecond: number
  rowsWrittenPerSecond: number
  /** Write-ahead log: the records alone, and with an image of each page that a call touches. */
  logMbPerSecond: { records: number; withImages: number }
  instances: number
  connections: number
  instanceGb: number
}

const secondsPerDay = 86_400

/**
 * Computes the needs of a number of daily users. All grow in proportion except the instances, which
 * are whole.
 */
export function computeNeeds(costs: Costs, dailyUsers: number): Needs {
  const average = callsPerSecond(dailyUsers)
  const peak = scale(average, assumed.peakFactor)
  const cores = computeCores(costs, peak)
  const rows = countRows(dailyUsers)
  const instances = Math.max(
    assumed.instancesAtLeast,
    Math.ceil(Math.max(cores.api, cores.hashing / assumed.hashThreadsPerInstance)),
  )
  return {
    dailyUsers,
    average,
    peak,
    cores,
    rows,
    bytes: multiply(rows, costs.rowBytes),
    statementsPerSecond: sumOver(peak, statements),
    rowsWrittenPerSecond: 3 * peak.login + peak.refresh,
    logMbPerSecond: computeLog(costs, peak),
    instances,
    connections: instances * assumed.poolSize,
    instanceGb: (instances * costs.instanceMb) / 1000,
  }
}

/** A wrong password counts as a login and a logout as a refresh. */
function callsPerSecond(dailyUsers: number): Record<PricedCall, number> {
  const { loginsPerDay, failuresPerLogin, logoutsPerLogin, refreshesPerDay, mePerDay } = assumed
  const perSecond = (perDay: number) => (dailyUsers * perDay) / secondsPerDay
  return {
    login: perSecond(loginsPerDay * (1 + failuresPerLogin)),
    refresh: perSecond(refreshesPerDay + loginsPerDay * logoutsPerLogin),
    me: perSecond(mePerDay),
  }
}

function computeCores({ hashMs, apiMs, databaseMs }: Costs, peak: Record<PricedCall, number>) {
  const planned = (milliseconds: number) => milliseconds / 1000 / assumed.busyShare
  return {
    hashing: planned(peak.login * hashMs),
    api: planned(sumOver(peak, apiMs)),
    databaseReads: planned(peak.me * databaseMs.me),
    databaseWrites: planned(peak.login * databaseMs.login + peak.refresh * databaseMs.refresh),
  }
}

function sumOver(rates: Record<PricedCall, number>, each: Record<PricedCall, number>): number {
  return calls.reduce((sum, call) => sum + rates[call] * each[call], 0)
}

function countRows(dailyUsers: number): Record<Table, number> {
  const { loginsPerDay, failuresPerLogin, logoutsPerLogin, accountsPerDailyUser } = assumed
  const accounts = dailyUsers * accountsPerDailyUser
  const logins = dailyUsers * loginsPerDay
  return {
    users: accounts,
    profiles: accounts,
    sessions: dailyUsers * assumed.sessionsPerDailyUser + logins * assumed.pruneDays,
    auth_events: logins * (1 + failuresPerLogin + logoutsPerLogin) * assumed.auditDays,
  }
}

const pageBytes = 8192

function computeLog({ log }: Costs, peak: Record<PricedCall, number>) {
  const megabytes = (bytes: (cost: { recordBytes: number; pages: number }) => number) =>
    (peak.login * bytes(log.login) + peak.refresh * bytes(log.refresh)) / 1e6
  return {
    records: megabytes(({ recordBytes }) => recordBytes),
    withImages: megabytes(({ recordBytes, pages }) => recordBytes + pages * pageBytes),
  }
}

function scale({ login, refresh, me }: Record<PricedCall, number>, factor: number) {
  return { login: login * factor, refresh: refresh * factor, me: me * factor }
}

function multiply(rows: Record<Table, number>, bytes: Record<Table, number>): Record<Table, number> {
  const product = { ...rows }
  for (const table of tables) product[table] = rows[table] * bytes[table]
  return product
}
