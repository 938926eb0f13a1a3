import { subscribe } from 'node:diagnostics_channel'
import { IncomingMessage } from 'node:http'
import findClientAddress from 'proxy-addr'
import type { Environment } from './environment.ts'

/**
 * From now on `X-Forwarded-For` of every request to this process holds one address: the client's. It is that of the
 * connection or, when that is a trusted proxy's, the last one in the header that is no trusted proxy's. Next.js believes
 * whatever stands there and shows nobody the connection; node tells of each request before Next.js sees it.
 */
export function settleClientAddresses(isTrustedProxy: Environment['isTrustedProxy']): void {
  subscribe('http.server.request.start', (message) => {
    const request = readRequest(message)
    if (request !== undefined) request.headers['x-forwarded-for'] = findClientAddress(request, isTrustedProxy)
  })
}

function readRequest(message: unknown): IncomingMessage | undefined {
  if (typeof message !== 'object' || message === null || !('request' in message)) return undefined
  return message.request instanceof IncomingMessage ? message.request : undefined
}
