import { trustedProxies } from '@pockitflyer/server/settings/trusted-proxies'
import { expect, test } from 'vitest'
import { findClientAddress } from '../src/client-address.ts'

const client = '203.0.113.9'

function find(forwardedFor: string | undefined, remoteAddress: string | undefined = '127.0.0.1'): string {
  const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
  return findClientAddress(
    { headers, socket: { remoteAddress } },
    trustedProxies.parse('loopback, 10.0.0.0/8'),
  )
}

test('the client is the last untrusted address in the header', () => {
  expect(find(client)).toBe(client)
  expect(find(`198.51.100.1, ${client}`)).toBe(client)
  expect(find(`198.51.100.1, ${client}, 10.1.2.3`)).toBe(client)
  expect(find(`198.51.100.1,${client},10.1.2.3 , 127.0.0.1`)).toBe(client)
  expect(find('10.9.9.9, 10.1.2.3')).toBe('10.9.9.9')
  expect(find('2001:db8::7')).toBe('2001:db8::7')
  expect(find(undefined)).toBe('127.0.0.1')
  expect(find(client, '::ffff:127.0.0.1')).toBe(client)
  expect(find(client, '::1')).toBe(client)
})

test('a stranger’s header is not believed', () => {
  for (const text of [client, `${client}, 127.0.0.1`, 'garbage', '::1', '1.1.1.1,'.repeat(50)])
    expect(find(text, '198.51.100.7')).toBe('198.51.100.7')
  expect(find(client, '')).toBe('')
})

test.each([
  `${client}:4711`,
  `"${client}"`,
  `"${client}:4711"`,
  ` ${client} `,
  `::ffff:${client}`,
  `[::ffff:${client}]:4711`,
  `[${client}]`,
  `${client}:obfuscated`,
])('%j is the client’s address', (entry) => {
  expect(find(entry)).toBe(client)
})

test.each(['[2001:db8::7]', '[2001:db8::7]:4711', '"[2001:db8::7]:4711"', '2001:db8::7'])(
  '%j is an address of IPv6',
  (entry) => {
    expect(find(entry)).toBe('2001:db8::7')
  },
)

test.each(['unknown', '_hidden', '-', 'x:80', '[]', '1.2.3', '1.2.3.4.5', '999.1.1.1', 'null'])(
  'an entry %j is no address: the client is whoever wrote it',
  (entry) => {
    expect(find(entry)).toBe('127.0.0.1')
    expect(find(`${client}, ${entry}, 10.1.2.3`)).toBe('10.1.2.3')
  },
)

test('an empty entry hides no client', () => {
  for (const nothing of ['', ',', ' , ,']) {
    expect(find(nothing)).toBe('127.0.0.1')
    expect(find(`${client}, ${nothing}, 10.1.2.3`)).toBe(client)
  }
})
