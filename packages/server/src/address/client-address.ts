import { toCanonicalAddress } from './canonical-address.ts'

/** A request as a server behind proxies receives it. */
export interface ForwardedRequest {
  /** The address that the connection came from. */
  peer: string | undefined
  /** `X-Forwarded-For`, as it stands in the request. */
  forwardedFor: string | undefined
  /** Whether a proxy is trusted. Receives an address in its canonical form. */
  isTrustedProxy: (address: string, hop: number) => boolean
}

/** The address that a request came from. */
export interface ClientAddress {
  /** `undefined` where even the connection has none. */
  address: string | undefined
  /**
   * `unreadable`: a trusted proxy wrote no valid address for its client. `untrusted`: the header
   * came from a peer that is no trusted proxy.
   */
  problem: 'unreadable' | 'untrusted' | undefined
}

/**
 * Returns the address of the client: the last in `X-Forwarded-For` that is no trusted proxy's. Each
 * proxy appends its peer's address, so everything before is the client's own claim. It reads ports,
 * brackets, quotes and zones (RFC 7239 section 6 and common proxies) and skips empty elements (RFC
 * 9110 section 5.6.1). Where a proxy wrote no address (`unknown`, `_hidden`), the result is the
 * proxy's own: no claim before it is trusted.
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

/** Reads a bare address, as most are, or one in another form. */
function readElement(element: string): string | undefined {
  return toCanonicalAddress(element) ?? toCanonicalAddress(bareAddress(element))
}

/**
 * Returns the address within `1.2.3.4:80`, `[2001:db8::1]`, `[2001:db8::1]:80`, each quoted or not,
 * with `for=` or without.
 */
function bareAddress(element: string): string {
  const [bare = ''] = element.split(';')
  const value = bare
    .trim()
    .replace(/^for\s*=\s*/i, '')
    .replaceAll(/["'\\]/g, '')
    .trim()
  const inBrackets = /^\[(?<address>[^\]]*)\](?::\w*)?$/.exec(value)?.groups?.['address']
  const withPort = /^(?<address>[\d.]+):\w*$/.exec(value)?.groups?.['address']
  return inBrackets ?? withPort ?? value
}
