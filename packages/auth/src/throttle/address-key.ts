import { isIPv4 } from 'node:net'
import { toCanonicalAddress } from '@pockitflyer/server/address'
import ipaddr from 'ipaddr.js'

/** A network that requests come from. */
export interface AddressKey {
  key: string
  /** How many times what one address may do its network may. */
  factor: number
}

/**
 * The networks of an address, the smallest first. IPv4: the address itself. IPv6: its /64, which a
 * line has to itself at least, and its /56 and /48, of which a customer may have one (RFC 6177):
 * they may do twice and four times as much, however many addresses ask. Requests from nowhere share
 * one key.
 */
export function toAddressKeys(ip: string | null): [AddressKey, ...AddressKey[]] {
  const address = toCanonicalAddress(ip ?? '')
  if (address === undefined) return [{ key: 'unknown', factor: 1 }]
  if (isIPv4(address)) return [{ key: address, factor: 1 }]
  const network = (bits: number) => ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`).toString()
  return [
    { key: network(64), factor: 1 },
    { key: `${network(56)}/56`, factor: 2 },
    { key: `${network(48)}/48`, factor: 4 },
  ]
}
