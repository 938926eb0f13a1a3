import type { IncomingMessage } from 'node:http'
import { findClientAddress as findAddress } from '@pockitflyer/server/address'
import type { Environment } from './environment.ts'

/**
 * The address of the client of a request: that of the connection or, when that is a trusted
 * proxy's, the last one in `X-Forwarded-For` that is no trusted proxy's. An entry that is no
 * address ends the search at the proxy that wrote it.
 */
export function findClientAddress(
  { socket, headers }: Pick<IncomingMessage, 'headers'> & { socket: { remoteAddress?: string | undefined } },
  isTrustedProxy: Environment['isTrustedProxy'],
): string {
  const forwardedFor = [headers['x-forwarded-for'] ?? []].flat().join(',')
  return findAddress({ peer: socket.remoteAddress, forwardedFor, isTrustedProxy }).address ?? ''
}
