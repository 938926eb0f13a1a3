import type { IncomingHttpHeaders } from 'node:http'
import { type AskedOrigin, hasPort, readAskedOrigin, type Told } from './asked-origin.ts'

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

interface Sent {
  method?: string | undefined
  headers: IncomingHttpHeaders
}

/**
 * Returns why a request that changes something is cross-site, for the log; undefined when this very
 * origin sent it. `Sec-Fetch-Site`, where the browser sends it, must not name another site (OWASP
 * Cross-Site Request Forgery Prevention). `Origin`, which every browser sends with a POST, must
 * equal the requested origin: scheme, host and port (RFC 6454 section 5), in any spelling. The
 * scheme counts where a proxy sends it. Reads are always allowed.
 */
export function findForeignSender({ method = '', headers }: Sent): string | undefined {
  if (readingMethods.has(method)) return undefined
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') return `Sec-Fetch-Site is ${quote(site)}`
  const origin = parseOrigin(headers.origin ?? '')
  if (origin === undefined) return `Origin is ${quote(headers.origin ?? '')}`
  const disagreeing = findDisagreement(origin, readAskedOrigin(headers))
  return disagreeing && `Origin is ${quote(headers.origin ?? '')}, but ${disagreeing}`
}

/** Parses an origin: a scheme, a host and an optional port, and nothing else. */
function parseOrigin(text: string): URL | undefined {
  return /^https?:\/\/[^/?#@\\\s]+$/i.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

function findDisagreement(origin: URL, { scheme, host, port }: AskedOrigin): string | undefined {
  if (scheme !== undefined && `${scheme.value.toLowerCase()}:` !== origin.protocol) {
    return describe(scheme)
  }
  const asked = parseHost(origin.protocol, host?.value ?? '')
  if (asked?.hostname !== origin.hostname) return describe(host)
  const askedPort = port === undefined ? asked.port : withoutDefault(port.value, origin.protocol)
  return askedPort === origin.port ? undefined : describe(port ?? host)
}

function describe(told: Told = { header: 'Host', value: '' }): string {
  return `${told.header} is ${quote(told.value)}`
}

function parseHost(protocol: string, host: string): URL | undefined {
  const url = `${protocol}//${host}`
  return /^[^/?#@\\\s]+$/.test(host) && URL.canParse(url) ? new URL(url) : undefined
}

function withoutDefault(port: string, protocol: string): string {
  const url = `${protocol}//a:${port}`
  return hasPort(url) && URL.canParse(url) ? new URL(url).port : port
}

function quote(value: string): string {
  return JSON.stringify(value.length > 200 ? `${value.slice(0, 200)}…` : value)
}
