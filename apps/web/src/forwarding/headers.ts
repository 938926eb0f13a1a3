/** Headers that are between two neighbours and never passed on: RFC 9110 section 7.6.1. */
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
 * `host` is the service's own, the client's address is what this process found; cookies are the web
 * app's alone.
 */
const ours = new Set(['host', 'cookie', 'x-forwarded-for'])

/** Names and values in turns, as `rawHeaders` of `node:http` has them. */
type RawHeaders = string[]

interface Forwarding {
  rawHeaders: RawHeaders
  /** The host of the service. */
  host: string
  clientAddress: string
}

/**
 * The headers of a browser's request that a service is to see. Those that describe the body's
 * length stay right: without one the service would take the beginning of the next request on the
 * connection, somebody else's, for the body.
 */
export function toRequestHeaders({ rawHeaders, host, clientAddress }: Forwarding): RawHeaders {
  const pairs = toPairs(rawHeaders)
  const hasLength = pairs.some(([name]) => name.toLowerCase() === 'content-length')
  const isChunked = pairs.some(([name]) => name.toLowerCase() === 'transfer-encoding')
  const named = namedByConnection(pairs)
  // A body's length and the route are not for a client to take away.
  named.delete('content-length')
  const kept = pairs.filter(([name]) => !isHop(name, named) && !ours.has(name.toLowerCase()))
  const framing = isChunked ? ['Transfer-Encoding', 'chunked'] : hasLength ? [] : ['Content-Length', '0']
  return [...kept.flat(), 'Host', host, 'X-Forwarded-For', clientAddress, ...framing]
}

/** The headers of the service's answer that the browser is to see; repeated ones stay repeated. */
export function keepEndToEnd(rawHeaders: RawHeaders): RawHeaders {
  const pairs = toPairs(rawHeaders)
  const named = namedByConnection(pairs)
  return pairs.filter(([name]) => !isHop(name, named)).flat()
}

function isHop(name: string, named: Set<string>): boolean {
  return hopByHop.has(name.toLowerCase()) || named.has(name.toLowerCase())
}

/** A `Connection` header names further headers that stop here. */
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
