import type { Results } from '../run.ts'
import type { GrowthPoint } from '../scenarios/growth.ts'
import { median } from '../statistics.ts'
import { isReached, type RateRow, rateRows, summarize, targetRows } from './rows.ts'
import { format, renderTable } from './table.ts'

/** Renders the targets and the measured values. */
export function renderTargets(results: Results): string {
  const rows = targetRows(results).map((row) => {
    const { name, value, range, byCpu, bound, target, unit } = row
    return [
      name,
      `${format(value)} ${unit}`,
      range === undefined ? '' : range.map(format).join(' to '),
      byCpu === undefined ? '' : `${format(byCpu)} ${unit}`,
      `${bound} ${target} ${unit}`,
      isReached(row) ? 'yes' : 'no',
    ]
  })
  return renderTable(['', 'measured', 'rounds', 'by processor time', 'target', 'reached'], rows)
}

/** Renders rates, times, processor time and memory of everything measured side by side. */
export function renderRates(results: Results): string {
  return renderTable(['', ...rateHead], rateRows(results).map(toCells))
}

/** Renders the same for each size of a growing quantity. */
export function renderGrowth(name: string, points: GrowthPoint[]): string {
  const rows = points.map(({ size, call, measurements }) => [
    call,
    size.toLocaleString('en'),
    ...toCells(summarize(call, measurements)).slice(1),
  ])
  return renderTable(['', name, ...rateHead], rows)
}

/**
 * Renders the effect of a flood of logins on a refresh, a `me` and the health probe: medians over
 * the rounds, and all failures.
 */
export function renderOverload({ overload: { rounds } }: Results): string {
  const states = ['idle', 'flooded'] as const
  const rows = (['refresh', 'me', 'healthz'] as const).map((call) => [
    call,
    ...states.flatMap((state) =>
      (['p50', 'p99', 'max'] as const).map((time) =>
        format(median(rounds.map((round) => round[state][call][time]))),
      ),
    ),
    String(
      rounds.flatMap((round) => states.map((state) => round[state][call].failures)).reduce((a, b) => a + b),
    ),
  ])
  const head = ['ms', 'idle p50', 'p99', 'max', 'flooded p50', 'p99', 'max', 'failed']
  return renderTable(head, rows)
}

const rateHead = [
  'calls/s',
  'p50 ms',
  'p99 ms',
  'server CPU ms',
  'PostgreSQL CPU ms',
  'client CPU ms',
  'MB',
  'failed',
]

function toCells({ name, rate, p50, p99, cpuMs, residentMb, failures }: RateRow): string[] {
  const figures = [rate, p50, p99, cpuMs?.server, cpuMs?.database, cpuMs?.generator, residentMb]
  return [name, ...figures.map((value) => (value === undefined ? '' : format(value))), String(failures)]
}
