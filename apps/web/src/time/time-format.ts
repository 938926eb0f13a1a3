interface Reader {
  /** The request's `Accept-Language`, the preferred language first. */
  acceptLanguage: string | null
  /** The browser's IANA time zone. */
  zone: string | undefined
}

/**
 * The zones that a browser claims to hide its own, as Firefox does with `resistFingerprinting`: the
 * reader may live elsewhere.
 */
const claimedZones = new Set(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT', 'Atlantic/Reykjavik'])

/**
 * Returns the format of a time in the reader's language and zone. Without a valid zone, or in one
 * that hides the reader's, it writes UTC and says so.
 */
export function createTimeFormat({ acceptLanguage, zone }: Reader): Intl.DateTimeFormat {
  const look = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const
  return zone !== undefined && isZone(zone) && !claimedZones.has(zone)
    ? new Intl.DateTimeFormat(readLanguages(acceptLanguage), { ...look, timeZone: zone })
    : new Intl.DateTimeFormat(readLanguages(acceptLanguage), {
        ...look,
        timeZone: 'UTC',
        timeZoneName: 'short',
      })
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
 * Returns how long ago a time was, in the reader's language and in whole units of the largest kind;
 * within the last minute, or in the future of a clock that is behind: now.
 *
 * @example describeAge(new Date(Date.now() - 150_000), 'en') // '2 minutes ago'
 */
export function describeAge(at: Date, acceptLanguage: string | null): string {
  const seconds = (Date.now() - at.getTime()) / 1000
  const [unit, size] = secondsPer.find(([, size]) => seconds >= size) ?? []
  const format = (numeric: 'always' | 'auto') =>
    new Intl.RelativeTimeFormat(readLanguages(acceptLanguage), { numeric })
  return unit === undefined
    ? format('auto').format(0, 'second')
    : format('always').format(-Math.floor(seconds / size), unit)
}

/** English comes last: it is what the texts of the pages are in. */
function readLanguages(acceptLanguage: string | null): string[] {
  const languages = (acceptLanguage ?? '').split(',').map((entry) => entry.split(';')[0]?.trim() ?? '')
  return [...languages.filter(isLanguage), 'en']
}

function isLanguage(tag: string): boolean {
  return !fails(() => Intl.getCanonicalLocales(tag)) && tag !== ''
}

function isZone(zone: string): boolean {
  return !fails(() => new Intl.DateTimeFormat('en', { timeZone: zone }))
}

function fails(attempt: () => unknown): boolean {
  try {
    attempt()
    return false
  } catch {
    return true
  }
}
