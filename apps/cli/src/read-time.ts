import { UsageError } from './failure.ts'

const msPer: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * Parses a time in ISO 8601, in UTC unless it has another zone, or a span before `now` such as 24h.
 * @throws {UsageError} it is neither
 */
export function readTime(text: string, now: Date): Date {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const time =
    count === undefined ? readIso(text) : new Date(now.getTime() - Number(count) * (msPer[unit] ?? 0))
  if (time !== undefined && Math.abs(time.getUTCFullYear()) < 10_000) return time
  throw new UsageError(
    '--since takes a time like 2026-01-31T12:00:00Z or a span like 24h. Add --help to see more.',
  )
}

function readIso(text: string): Date | undefined {
  const [, date, time = 'T00:00:00', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? []
  const read = new Date(`${date}${time}${zone}`)
  return Number.isNaN(read.getTime()) ? undefined : read
}
