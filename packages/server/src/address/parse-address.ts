import ipaddr from 'ipaddr.js'

/**
 * IPv6 prefixes that carry an IPv4 address in their last 32 bits: mapped (RFC 4291), NAT64 (RFC
 * 6052, RFC 8215) and SIIT (RFC 7915). Read as IPv6, all of IPv4 would be one network.
 */
const translated = ['::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/96', '::ffff:0:0:0/96'].map((range) =>
  ipaddr.IPv6.parseCIDR(range),
)

/**
 * Parses an address without its zone. Returns an IPv4 address that was translated to IPv6 as IPv4.
 */
export function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const [bare = ''] = text.split('%')
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return ipaddr.IPv4.parse(bare)
  if (!ipaddr.IPv6.isValid(bare)) return undefined
  const address = ipaddr.IPv6.parse(bare)
  if (!translated.some((range) => address.match(range))) return address
  return new ipaddr.IPv4(address.toByteArray().slice(-4))
}
