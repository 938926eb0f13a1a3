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

/** `host` is the API's own; cookies are the web app's, and the API is never to see them. */
const ours = new Set(['host', 'cookie'])

/**
 * The headers of a browser's request that the API is to see. Next.js drops the body of a GET: its length must go with it, or
 * the API would take the beginning of the next request on the connection, somebody else's, for that body.
 */
export function toRequestHeaders({ headers, body }: Request): Record<string, string> {
  const named = namedByConnection(headers.get('connection'))
  const isDropped = (name: string) =>
    hopByHop.has(name) || ours.has(name) || named.has(name) || (body === null && name === 'content-length')
  return Object.fromEntries([...headers].filter(([name]) => !isDropped(name)))
}

/** The headers of the API's answer that the browser is to see; repeated ones stay repeated. */
export function keepEndToEnd(headers: NodeJS.Dict<string[]>): Headers {
  const kept = new Headers()
  const named = namedByConnection(headers['connection']?.join())
  for (const [name, values] of Object.entries(headers)) {
    if (hopByHop.has(name) || named.has(name)) continue
    for (const value of values ?? []) kept.append(name, value)
  }
  return kept
}

/** A `Connection` header names further headers that stop here. */
function namedByConnection(connection: string | null | undefined): Set<string> {
  return new Set((connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
}
