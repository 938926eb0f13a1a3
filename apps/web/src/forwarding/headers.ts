/** Hop-by-hop headers, which are never forwarded (RFC 9110 section 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/**
 * `host` is the service's own, and this process determines the client's address; cookies are the
 * web app's alone.
 */
const ours = new Set(['host', 'cookie', 'x-forwarded-for'])

/** Names and values alternate, as in `rawHeaders` of `node:http`. */
type RawHeaders = string[]

interface Forwarding {
  rawHeaders: RawHeaders
  /** The host of the service. */
  host: string
  clientAddress: string
}

/**
 * Returns the headers of a browser's request that are forwarded to a service. Headers about the
 * body's length stay correct: without one the service would read the next request on the
 * connection, another client's, as the body.
 */
export function toRequestHeaders({ rawHeaders, host, clientAddress }: Forwarding): RawHeaders {
  const pairs = toPairs(rawHeaders)
  const hasLength = pairs.some(([name]) => name.toLowerCase() === 'content-length')
  const isChunked = pairs.some(([name]) => name.toLowerCase() === 'transfer-encoding')
  const named = namedByConnection(pairs)
  // A client must not remove the body's length or the forwarded address.
  named.delete('content-length')
  const kept = pairs.filter(([name]) => !isHop(name, named) && !ours.has(name.toLowerCase()))
  const framing = isChunked ? ['Transfer-Encoding', 'chunked'] : hasLength ? [] : ['Content-Length', '0']
  return [...kept.flat(), 'Host', host, 'X-Forwarded-For', clientAddress, ...framing]
}

/** Returns the headers of the service's answer for the browser; repeated ones stay repeated. */
export function keepEndToEnd(rawHeaders: RawHeaders): RawHeaders {
  const pairs = toPairs(rawHeaders)
  const named = namedByConnection(pairs)
  return pairs.filter(([name]) => !isHop(name, named)).flat()
}

function isHop(name: string, named: Set<string>): boolean {
  return hopByHop.has(name.toLowerCase()) || named.has(name.toLowerCase())
}

/** Returns the additional hop-by-hop headers that a `Connection` header names. */
function namedByConnection(pairs: [string, string][]): Set<string> {
  const lists = pairs.flatMap(([name, value]) =>
    name.toLowerCase() === 'connection' ? value.split(',') : [],
  )
  return new Set(lists.map((name) => name.trim().toLowerCase()))
}

function toPairs(rawHeaders: RawHeaders): [string, string][] {
  return Array.from({ length: rawHeaders.length / 2 }, (_, index) => [
    rawHeaders[2 * index] ?? '',
    rawHeaders[2 * index + 1] ?? '',
  ])
}
