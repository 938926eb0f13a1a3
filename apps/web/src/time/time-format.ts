interface Reader {
  /** The request's `Accept-Language`, the preferred language first. */
  acceptLanguage: string | null
  /** The browser's IANA time zone. */
  zone: string | undefined
}

/**
 * Returns the format of a time in the reader's language and zone. Without a valid zone it writes
 * UTC and says so.
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
