import ipaddr from 'ipaddr.js'

/**
 * What requests of one client have in common: an IPv4 address as it is, of an IPv6 address the first 64 bits, since a line has at
 * least that many to itself (RFC 6177). Requests from nowhere share one key.
 */
export function toAddressKey(ip: string | null): string {
  if (ip === null) return 'unknown'
  const address = ipaddr.process(ip)
  if (address.kind() === 'ipv4') return address.toString()
  return ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`).toString()
}
