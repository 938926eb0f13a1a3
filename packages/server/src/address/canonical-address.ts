import { isIPv4, isIPv6 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * IPv6 prefixes that carry an IPv4 address in their last 32 bits: mapped (RFC 4291), NAT64 (RFC
 * 6052, RFC 8215) and SIIT (RFC 7915). Read as IPv6, all of IPv4 would be one network.
 */
const translated = ['::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/96', '::ffff:0:0:0/96'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

/**
 * Returns an address in its canonical form, without its zone; an IPv4 address that was translated
 * to IPv6 as IPv4. `node:net` tells what is an address: ipaddr.js takes 30 µs to find that an IPv6
 * address is no IPv4 address, and every request asks more than once.
 */
export function toCanonicalAddress(text: string): string | undefined {
  const [bare = ''] = text.split('%')
  if (isIPv4(bare)) return bare
  if (!isIPv6(bare)) return undefined
  const address = ipaddr.IPv6.parse(bare)
  if (!translated.some((range) => address.match(range))) return address.toString()
  return new ipaddr.IPv4(address.toByteArray().slice(-4)).toString()
}
