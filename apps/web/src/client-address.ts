import type { IncomingMessage } from 'node:http'
import { findClientAddress as findAddress } from '@pockitflyer/server/address'
import type { Environment } from './environment.ts'

/**
 * Returns the address of a request's client: that of the connection or, behind trusted proxies, the
 * last in `X-Forwarded-For` that is no trusted proxy's. An invalid entry ends the search at the
 * proxy that wrote it.
 */
export function findClientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  isTrustedProxy: Environment['isTrustedProxy'],
): string {
  const forwardedFor = [headers['x-forwarded-for'] ?? []].flat().join(',')
  return findAddress({ peer: socket.remoteAddress, forwardedFor, isTrustedProxy }).address ?? ''
}
