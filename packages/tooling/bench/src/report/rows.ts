import type { Measurement } from '../measure.ts'
import type { Results } from '../run.ts'
import type { ServerStep } from '../scenarios/ratios.ts'
import { median } from '../statistics.ts'

/** One line of the table of rates: medians over the rounds. */
export interface RateRow {
  name: string
  rate: number
  p50: number
  p99: number
  /** Processor milliseconds a call, and memory in MB; absent for a limit. */
  cpuMs?: Measurement['cpuMs']
  residentMb?: number
  failures: number
}

/** Returns the limits and every call of every server. */
export function rateRows({ ratios }: Results): RateRow[] {
  const limits = Object.entries(ratios.limits).map(([name, rounds]) => ({
    name: `${name} limit`,
    rate: median(rounds.map(({ rate }) => rate)),
    p50: median(rounds.map(({ p50 }) => p50)),
    p99: median(rounds.map(({ p99 }) => p99)),
    failures: 0,
  }))
  return [...limits, ...Object.entries(ratios.servers).map(([name, rounds]) => summarize(name, rounds))]
}

/** Returns the medians of measurements, and the sum of failures. */
export function summarize(name: string, rounds: Measurement[]): RateRow & { cpuMs: Measurement['cpuMs'] } {
  const middle = (read: (measurement: Measurement) => number) => median(rounds.map(read))
  return {
    name,
    rate: middle(({ rate }) => rate),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    cpuMs: {
      server: middle(({ cpuMs }) => cpuMs.server),
      database: middle(({ cpuMs }) => cpuMs.database),
      generator: middle(({ cpuMs }) => cpuMs.generator),
    },
    residentMb: middle(({ residentMb }) => residentMb),
    failures: rounds.reduce((sum, { failures }) => sum + failures, 0),
  }
}

/** A target of the service. */
export interface TargetRow {
  name: string
  value: number
  /** The lowest and the highest round, where there are rounds. */
  range?: [number, number]
  /** The ratio of the server's processor time, which other work on the machine disturbs less. */
  byCpu?: number
  bound: 'at least' | 'at most'
  target: number
  unit: string
}

/**
 * Returns every target with its measured value. A ratio compares neighbours in the same round; the
 * median counts.
 */
export function targetRows(results: Results): TargetRow[] {
  return [...ratioRows(results), ...startRows(results), ...overloadRows(results)]
}

function ratioRows({ ratios }: Results): TargetRow[] {
  const ratio = (name: string, [one, other]: [ServerStep, ServerStep], target: number): TargetRow => {
    const pairs = zip(ratios.servers[one], ratios.servers[other])
    const each = pairs.map(([ours, theirs]) => ours.rate / theirs.rate)
    return {
      ...atLeast(name, medianOf(each), [target, '×']),
      byCpu: median(pairs.map(([ours, theirs]) => theirs.cpuMs.server / ours.cpuMs.server)),
    }
  }
  return [
    ratio('login, of the baseline', ['api login', 'baseline login'], 0.95),
    // From one address every login changes the same row of counts, twice.
    ratio('login with limits on, of one without', ['api login with limits on', 'api login'], 0.9),
    ratio('refresh through REST, of the baseline', ['api refresh', 'baseline refresh'], 0.9),
    ratio('refresh through tRPC, of the baseline', ['api trpc.refresh', 'baseline refresh'], 0.85),
    ratio('me through REST, of the baseline', ['api me', 'baseline me'], 0.8),
    ratio('me through tRPC, of the baseline', ['api trpc.me', 'baseline me'], 0.75),
    ratio('ten me in a batch, of ten single ones', ['api trpc.me.batch', 'api trpc.me'], 4),
  ]
}

function startRows({ start }: Results): TargetRow[] {
  const each = zip(start.readySeconds, start.baselineSeconds).map(([ours, theirs]) => ours / theirs)
  return [
    atMost('ready after its start, of the baseline', medianOf(each), [2.6, '×']),
    atMost('memory at rest', medianOf(start.restMb), [150, 'MB']),
  ]
}

function overloadRows({ overload: { rounds, peakMb } }: Results): TargetRow[] {
  const p99 = (call: 'refresh' | 'me') =>
    medianOf(rounds.map(({ idle, flooded }) => flooded[call].p99 / idle[call].p99))
  const healthz = medianOf(rounds.map(({ flooded }) => flooded.healthz.p99))
  const logins = medianOf(rounds.map(({ calmLogins, floodLogins }) => floodLogins.rate / calmLogins.rate))
  return [
    atMost('memory at most, under the flood of logins', { value: peakMb }, [250, 'MB']),
    atMost('p99 of refresh under the flood, of idle', p99('refresh'), [4, '×']),
    atMost('p99 of me under the flood, of idle', p99('me'), [4, '×']),
    atMost('/healthz under the flood, p99', healthz, [50, 'ms']),
    atLeast('logins of 64 clients, of as many clients as cores', logins, [0.9, '×']),
  ]
}

type Value = Pick<TargetRow, 'value' | 'range'>

function medianOf(values: number[]): Value {
  const range: [number, number] = [Math.min(...values), Math.max(...values)]
  return { value: median(values), ...(values.length > 1 && { range }) }
}

function atLeast(name: string, value: Value, [target, unit]: [number, string]): TargetRow {
  return { ...value, name, bound: 'at least', target, unit }
}

function atMost(name: string, value: Value, [target, unit]: [number, string]): TargetRow {
  return { ...value, name, bound: 'at most', target, unit }
}

function zip<Value>(some: Value[], others: Value[]): [Value, Value][] {
  return some.flatMap((one, index): [Value, Value][] => {
    const other = others[index]
    return other === undefined ? [] : [[one, other]]
  })
}

/** Returns whether a target is reached. */
export function isReached({ value, bound, target }: TargetRow): boolean {
  return bound === 'at least' ? value >= target : value <= target
}
