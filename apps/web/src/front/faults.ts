import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Texts } from '../texts/all-texts.ts'

/** An answer that replaces a page. `fault`: what it says, in the language of the request. */
export interface ErrorResponse {
  status: number
  fault: keyof Texts['faults'] | undefined
  headers?: OutgoingHttpHeaders
}

/** The methods that pages and assets answer. */
const methods = ['GET', 'HEAD', 'POST', 'OPTIONS']
const allow = { Allow: methods.join(', ') }

/** Largest form that Next.js accepts, in bytes. */
export const formMaxBytes = 1024 * 1024

export const tooLarge: ErrorResponse = { status: 413, fault: 'tooLarge' }

export const malformed: ErrorResponse = { status: 400, fault: 'malformed' }

/**
 * Returns what is wrong with a request to a page. Next.js would take it for its own fault and
 * answer 500.
 */
export function findFault(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
): ErrorResponse | undefined {
  const { method = '', url = '', headers } = request
  if (url === '*' && method === 'OPTIONS') return { status: 204, fault: undefined, headers: allow }
  if (!url.startsWith('/') || !isReadable(url)) return malformed
  if (!methods.includes(method)) return { status: 405, fault: 'noMethod', headers: allow }
  return Number(headers['content-length'] ?? 0) > formMaxBytes ? tooLarge : undefined
}

/**
 * Returns the path and query of a request's target. Proxies may send the whole URL, the
 * `absolute-form` of RFC 9112 section 3.2.2. Another target stays as it is.
 */
export function toOriginForm(target: string): string {
  const pathAndQuery = /^https?:\/\/[^/?#]+([^#]*)$/i.exec(target)?.[1]
  if (pathAndQuery === undefined) return target
  return pathAndQuery.startsWith('/') ? pathAndQuery : `/${pathAndQuery}`
}

/**
 * Returns whether Next.js can parse a path. It reads one with two leading slashes as a host and
 * throws where that is invalid: `//[`.
 */
function isReadable(url: string): boolean {
  try {
    decodeURIComponent(url.replace(/\?.*/s, ''))
    return URL.canParse(url, 'http://a')
  } catch {
    return false
  }
}
