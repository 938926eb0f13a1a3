import { toCanonicalAddress } from '@pockitflyer/server/address'
import { expect, test } from 'vitest'
import { toAddressKeys } from '../../src/throttle/address-key.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['64:ff9b::203.0.113.7', '203.0.113.7'],
  ['64:ff9b::cb00:7107', '203.0.113.7'],
  ['64:ff9b:1::203.0.113.7', '203.0.113.7'],
  ['::ffff:0:203.0.113.7', '203.0.113.7'],
])('IPv4 that was translated to IPv6 counts by the address within: %s', (text, address) => {
  expect(toCanonicalAddress(text)).toBe(address)
  expect(toAddressKeys(text)).toEqual([{ key: address, factor: 1 }])
})

test('requests from nowhere share one count', () => {
  for (const ip of [null, 'unknown', '']) expect(toAddressKeys(ip)).toEqual([{ key: 'unknown', factor: 1 }])
})

test('IPv6 counts by its first 64, 56 and 48 bits', () => {
  expect(toAddressKeys('2001:db8:1:2345:6:7:8:9')).toEqual([
    { key: '2001:db8:1:2345::', factor: 1 },
    { key: '2001:db8:1:2300::/56', factor: 2 },
    { key: '2001:db8:1::/48', factor: 4 },
  ])
})

test('a zone and a spelling make no other address', () => {
  const [first] = toAddressKeys('fe80::1%eth0')
  expect(toAddressKeys('FE80:0:0:0::0001%2')[0]).toEqual(first)
})

test.each(['', 'unknown', '_hidden', '1.2.3', '0x7f.1', '1.2.3.4.5', '256.1.1.1', '::1::', '1.2.3.4:80'])(
  'what is no address is none: %j',
  (text) => {
    expect(toCanonicalAddress(text)).toBeUndefined()
  },
)
