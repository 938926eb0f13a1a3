const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes something was sent by a page of this very origin: `Origin` names our host and
 * `Sec-Fetch-Site`, where the browser sends it, does not speak of another site (OWASP Cross-Site Request Forgery Prevention).
 * Every browser sends `Origin` with a POST. Requests that read always may.
 */
export function isSameOrigin({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean {
  if (readingMethods.has(method)) return true
  const site = headers.get('sec-fetch-site')
  if (site === 'cross-site' || site === 'same-site') return false
  const origin = headers.get('origin') ?? ''
  return URL.canParse(origin) && new URL(origin).host === publicHost(headers)
}

/** The host that the browser asked for; behind a reverse proxy the one that it forwards. A page of another site can set neither. */
function publicHost(headers: Headers): string | undefined {
  const forwarded = headers.get('x-forwarded-host')?.split(',')[0]?.trim()
  return forwarded || headers.get('host') || undefined
}
