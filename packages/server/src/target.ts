import type { IncomingMessage } from 'node:http'

/**
 * `Host` as RFC 9110 section 7.2 has it: a name, an IPv4 address or an IPv6 address in brackets,
 * with or without a port; or nothing.
 */
const host = /^(?:\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i

/**
 * Returns what is wrong with the `Host` of a request, which a server must answer with 400 (RFC 9112
 * section 3.2). HTTP/1.0 needs none.
 */
export function findHostFault({
  rawHeaders,
  httpVersionMinor,
}: IncomingMessage): 'missing' | 'repeated' | 'malformed' | undefined {
  let value: string | undefined
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length !== 4 || name.toLowerCase() !== 'host') continue
    if (value !== undefined) return 'repeated'
    value = rawHeaders[index + 1] ?? ''
  }
  if (value === undefined) return httpVersionMinor === 0 ? undefined : 'missing'
  return host.test(value) ? undefined : 'malformed'
}

/**
 * Replaces `Host`: the service does not use it, and some valid values, such as `1.2.3.4.5`, are no
 * host of a URL.
 */
export function neutralizeHost(request: IncomingMessage): void {
  request.headers.host = 'localhost'
}

/**
 * Rewrites the request target as a path. For the absolute form (RFC 9112 section 3.2.2) the path
 * counts; `*` becomes a path without a route. It escapes characters that a URL may not have, so
 * that no reader takes a `\` for a `/`.
 */
export function normalizeTarget(request: IncomingMessage): void {
  const target = request.url ?? '/'
  if (plainTarget.test(target)) return
  const path = target.replace(/^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i, '')
  request.url = (path.startsWith('/') ? path : `/${path}`).replace(notInUrl, escape)
}

const plainTarget = /^\/[\w/.,~!$&'()+;=:@%?-]*$/
const notInUrl = /[^!-~]|["<>\\^`{|}]/g
const escape = (text: string) => `%${text.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
