import { format } from './table.ts'

/** Formats a count with two digits and a letter: 590K, 1.8M. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? compact.format(count) : '?'
}

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 2 })

/** Formats bytes in the largest fitting unit, of 1000 each. */
export function formatBytes(bytes: number): string {
  return formatIn(bytes, [
    ['B', 1],
    ['kB', 1e3],
    ['MB', 1e6],
    ['GB', 1e9],
    ['TB', 1e12],
  ])
}

/** Formats seconds in the largest fitting unit. */
export function formatSeconds(seconds: number): string {
  return formatIn(seconds, [
    ['s', 1],
    ['min', 60],
    ['h', 3600],
    ['days', 86_400],
  ])
}

/** Formats a value in the largest unit that it has at least one of. */
function formatIn(value: number, units: [string, number][]): string {
  const [name = '', size = 1] = units.findLast(([, size]) => value >= size) ?? units[0] ?? []
  return `${format(value / size)} ${name}`
}
