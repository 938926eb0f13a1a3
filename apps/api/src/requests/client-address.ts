import type { IncomingMessage } from 'node:http'
import { findClientAddress } from '@pockitflyer/server/address'
import type { Logger } from 'pino'

/** Returns the address of a request's client. */
export type FindAddress = (request: IncomingMessage) => string | undefined

const warnings = {
  untrusted: 'sent X-Forwarded-For and is not in TRUSTED_PROXIES: its clients count as one address',
  unreadable: 'is a trusted proxy whose X-Forwarded-For names no address: these clients count as one address',
}

/**
 * Creates a function that finds client addresses. It logs each kind of problem once, with the peer.
 */
export function createFindAddress(
  isTrustedProxy: (address: string, hop: number) => boolean,
  log: Logger,
): FindAddress {
  const told = new Set<string>()
  return ({ socket, headers }) => {
    const forwardedFor = headers['x-forwarded-for']
    const peer = socket.remoteAddress
    const { address, problem } = findClientAddress({
      peer,
      forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join() : forwardedFor,
      isTrustedProxy,
    })
    if (problem !== undefined && !told.has(problem)) {
      told.add(problem)
      log.warn({ peer }, `a peer ${warnings[problem]}`)
    }
    return address
  }
}
