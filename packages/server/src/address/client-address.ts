import { parseAddress } from './parse-address.ts'

/** A request, as a server behind proxies sees it. */
export interface ForwardedRequest {
  /** The address that the connection came from. */
  peer: string | undefined
  /** `X-Forwarded-For`, as it stands in the request. */
  forwardedFor: string | undefined
  /** Whose word counts: called with an address in its usual form. */
  isTrustedProxy: (address: string, hop: number) => boolean
}

/** Where a request came from. */
export interface ClientAddress {
  /** `undefined` where not even the connection has one. */
  address: string | undefined
  /**
   * `unreadable`: a trusted proxy named its client by no address. `untrusted`: the header came from
   * a peer that is no trusted proxy.
   */
  problem: 'unreadable' | 'untrusted' | undefined
}

/**
 * Finds the address of who asks: the last in `X-Forwarded-For` that is no trusted proxy's. Each
 * proxy appends the one that it was asked from, so what stands before that address is a client's
 * claim. Ports, brackets, quotes and zones are read (RFC 7239 section 6 and what proxies write);
 * empty elements are none (RFC 9110 section 5.6.1). Where a proxy wrote no address (`unknown`,
 * `_hidden`), its own is that of the client: each such proxy has a count of its own, and no claim
 * before it is believed.
 */
export function findClientAddress({ peer, forwardedFor, isTrustedProxy }: ForwardedRequest): ClientAddress {
  let address = readElement(peer ?? '')
  const elements = (forwardedFor ?? '').split(',').map((element) => element.trim())
  const hops = elements.filter((element) => element !== '').toReversed()
  if (address === undefined) return { address: undefined, problem: undefined }
  for (const [hop, element] of hops.entries()) {
    if (!isTrustedProxy(address, hop)) {
      return { address, problem: hop === 0 ? 'untrusted' : undefined }
    }
    const next = readElement(element)
    if (next === undefined) return { address, problem: 'unreadable' }
    address = next
  }
  return { address, problem: undefined }
}

/**
 * Reads `1.2.3.4`, `1.2.3.4:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`, each quoted or
 * not, with `for=` or without.
 */
function readElement(element: string): string | undefined {
  const [bare = ''] = element.split(';')
  const value = bare
    .trim()
    .replace(/^for\s*=\s*/i, '')
    .replaceAll(/["'\\]/g, '')
    .trim()
  const inBrackets = /^\[(?<address>[^\]]*)\](?::\w*)?$/.exec(value)?.groups?.['address']
  const withPort = /^(?<address>[\d.]+):\w*$/.exec(value)?.groups?.['address']
  return parseAddress(inBrackets ?? withPort ?? value)?.toString()
}
