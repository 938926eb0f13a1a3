import { expect, test } from 'vitest'
import { findClientAddress } from '../src/address/client-address.ts'

const proxies = ['10.0.0.1', '10.0.0.2']

/** Where a request came from that the first proxy handed on with this header. */
const via = (forwardedFor: string | undefined, peer: string | undefined = '10.0.0.1') =>
  findClientAddress({ peer, forwardedFor, isTrustedProxy: (address) => proxies.includes(address) })

const found = (address: string | undefined) => ({ address, problem: undefined })

test.each([
  [undefined, '10.0.0.1'],
  ['', '10.0.0.1'],
  ['203.0.113.7', '203.0.113.7'],
  ['198.51.100.9, 203.0.113.7', '203.0.113.7'],
  ['198.51.100.9, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
  ['10.0.0.2', '10.0.0.2'],
  ['unknown, 203.0.113.7', '203.0.113.7'],
  [' , 203.0.113.7 ,, ', '203.0.113.7'],
])('the client is the last address that is no trusted proxy: %j', (forwardedFor, address) => {
  expect(via(forwardedFor)).toEqual(found(address))
})

test("an untrusted peer's header is ignored and reported", () => {
  expect(via('198.51.100.9', '203.0.113.7')).toEqual({ address: '203.0.113.7', problem: 'untrusted' })
  expect(via(undefined, '203.0.113.7')).toEqual(found('203.0.113.7'))
})

test.each([
  ['203.0.113.7, unknown', '10.0.0.1'],
  ['203.0.113.7, _hidden, 10.0.0.2', '10.0.0.2'],
])('where a proxy names no address, its own is the client: %j', (forwardedFor, address) => {
  expect(via(forwardedFor)).toEqual({ address, problem: 'unreadable' })
})

test('a connection without an address has none, whatever the header says', () => {
  const isTrustedProxy = () => true
  expect(findClientAddress({ peer: undefined, forwardedFor: '203.0.113.7', isTrustedProxy })).toEqual(
    found(undefined),
  )
})

test('proxies can be trusted by their distance', () => {
  const isTrustedProxy = (_: string, hop: number) => hop < 2
  const forwardedFor = '192.0.2.1, 198.51.100.9, 203.0.113.7'
  expect(findClientAddress({ peer: '10.0.0.9', forwardedFor, isTrustedProxy })).toEqual(found('198.51.100.9'))
})

test.each([
  ['203.0.113.7:443', '203.0.113.7'],
  ['"203.0.113.7:_port"', '203.0.113.7'],
  ['2001:DB8:0::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['"[2001:db8::1]:443"', '2001:db8::1'],
  ['For = "[2001:db8::1]";proto=https;by=10.0.0.1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
])('an address is read in every form that proxies write: %s', (written, address) => {
  expect(via(written)).toEqual(found(address))
  expect(via('198.51.100.9', written)).toEqual({ address, problem: 'untrusted' })
})
