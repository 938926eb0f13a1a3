import type { Language } from '@pockitflyer/languages'
import { localeOf } from '../texts/locale.ts'

interface Reader {
  /** The locale of the page: see `localeOf`. */
  locale: string
  /** The browser's IANA time zone. */
  zone: string | undefined
}

/**
 * The zones that a browser claims to hide its own, as Firefox does with `resistFingerprinting`: the
 * reader may live elsewhere.
 */
const claimedZones = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Atlantic/Reykjavik'])

/**
 * Returns the format of a time in the reader's locale and zone. Without a valid zone, or in one
 * that hides the reader's, it writes UTC and says so.
 */
export function createTimeFormat({ locale, zone }: Reader): Intl.DateTimeFormat {
  const look = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const
  return zone !== undefined && isZone(zone) && !claimedZones.has(zone)
    ? new Intl.DateTimeFormat(locale, { ...look, timeZone: zone })
    : new Intl.DateTimeFormat(locale, {
        ...look,
        timeZone: 'UTC',
        timeZoneName: 'short',
      })
}

/** Writes a time out in UTC, as the mails do. */
export function formatInUtc(time: Date, language: Language): string {
  const look = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const
  const locale = language === 'en' ? 'en-GB' : localeOf(language)
  return `${new Intl.DateTimeFormat(locale, look).format(time)} UTC`
}

const secondsPer = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/**
 * Returns how long ago a time was, in the reader's locale and in whole units of the largest kind;
 * within the last minute, or in the future of a clock that is behind: now.
 *
 * @example describeAge(new Date(Date.now() - 150_000), 'en') // '2 minutes ago'
 */
export function describeAge(at: Date, locale: string): string {
  const seconds = (Date.now() - at.getTime()) / 1000
  const [unit, size] = secondsPer.find(([, size]) => seconds >= size) ?? []
  const format = (numeric: 'always' | 'auto') => new Intl.RelativeTimeFormat(locale, { numeric })
  return unit === undefined
    ? format('auto').format(0, 'second')
    : format('always').format(-Math.floor(seconds / size), unit)
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
