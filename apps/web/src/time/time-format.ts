interface Reader {
  /** The request's `Accept-Language`, the dearest language first, as browsers write it. */
  acceptLanguage: string | null
  /** An IANA time zone, as the browser says it. */
  zone: string | undefined
}

/**
 * How to write a time for a reader: in their language and their zone. Without a zone, or with one
 * that is none, in UTC and saying so.
 */
export function createTimeFormat({ acceptLanguage, zone }: Reader): Intl.DateTimeFormat {
  const languages = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => entry.split(';')[0]?.trim() ?? '')
    .filter(isLanguage)
  const look = {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  } as const
  return zone !== undefined && isZone(zone)
    ? new Intl.DateTimeFormat([...languages, 'en'], { ...look, timeZone: zone })
    : new Intl.DateTimeFormat([...languages, 'en'], { ...look, timeZone: 'UTC', timeZoneName: 'short' })
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
