import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import type { Environment } from './environment.ts'

/**
 * The address of the client of a request: that of the connection or, when that is a trusted proxy's, the last one in
 * `X-Forwarded-For` that is no trusted proxy's. An entry that is no address ends the search at the proxy that wrote it.
 */
export function findClientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  isTrustedProxy: Environment['isTrustedProxy'],
): string {
  let address = parseAddress(socket.remoteAddress ?? '') ?? ''
  const entries = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').toReversed()
  for (const [hop, entry] of entries.entries()) {
    const next = parseAddress(entry)
    if (next === undefined || !isTrustedProxy(address, hop)) break
    address = next
  }
  return address
}

/** Proxies write an address with a port, in brackets (RFC 3986) and in quotes (RFC 7239). */
function parseAddress(entry: string): string | undefined {
  const bare = entry.trim().replace(/^"(.*)"$/, '$1')
  const [, bracketed, plain = bare] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(bare) ?? []
  const address = (bracketed ?? plain).replace(/^::ffff:(?=\d+\.)/i, '')
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined
  return isIP(address) === 0 ? undefined : address
}
