import { afterAll, expect, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'
import { startLoggedApi } from '../logged-api.ts'

const database = await openDatabase()
const open = await startTestApi(database.url)
const behindProxies = await startTestApi(database.url, { TRUSTED_PROXIES: 'loopback, 10.0.0.0/8' })
afterAll(() => Promise.all([open.stop(), behindProxies.stop()]))

/** Logs in with a claimed address and tells which one was recorded. */
async function recordAddress(
  url: string,
  forwardedFor: string | undefined,
): Promise<string | null | undefined> {
  const { id, email } = await database.addUser()
  const claimed: Record<string, string> =
    forwardedFor === undefined ? {} : { 'X-Forwarded-For': forwardedFor }
  const answer = await fetch(`${url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...claimed },
    body: JSON.stringify({ email, password }),
  })
  expect(answer.status).toBe(200)
  const session = database.db.selectFrom('sessions').select('ip').where('user_id', '=', id)
  return (await session.executeTakeFirst())?.ip
}

test.each(['203.0.113.9', '203.0.113.9, 127.0.0.1', '::1', 'garbage', '1.1.1.1,'.repeat(100)])(
  'a client that claims to be %j is recorded as who it is',
  async (claimed) => {
    expect(await recordAddress(open.url, claimed)).toBe('127.0.0.1')
  },
)

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['2001:db8::7', '2001:db8::7'],
  ['198.51.100.1, garbage', '127.0.0.1'],
  [undefined, '127.0.0.1'],
])('of %j from a trusted proxy the last untrusted hop is recorded', async (claimed, address) => {
  expect(await recordAddress(behindProxies.url, claimed)).toBe(address)
})

const mapped = '203.0.113.9'
const v6 = '2001:db8::7'

/**
 * What proxies and clients write, and the address that it means; undefined: none, so that it is the
 * proxy's.
 */
const shapes: [string, string | undefined][] = [
  ['203.0.113.9:51234', mapped],
  ['203.0.113.9:', mapped],
  ['203.0.113.9:http', mapped],
  ['"203.0.113.9"', mapped],
  ['"203.0.113.9:51234"', mapped],
  ["'203.0.113.9'", mapped],
  ['\t203.0.113.9 ', mapped],
  ['203.0.113.9,', mapped],
  ['203.0.113.9, ,', mapped],
  [',,203.0.113.9,,', mapped],
  ['for=203.0.113.9', mapped],
  ['for="203.0.113.9:80";proto=https', mapped],
  ['For = 203.0.113.9;by=_us', mapped],
  ['[203.0.113.9]', mapped],
  ['[203.0.113.9]:80', mapped],
  ['::ffff:203.0.113.9', mapped],
  ['::FFFF:CB00:7109', mapped],
  ['[::ffff:203.0.113.9]:80', mapped],
  ['64:ff9b::203.0.113.9', mapped],
  ['[2001:db8::7]', v6],
  ['[2001:db8::7]:51234', v6],
  ['"[2001:db8::7]:51234"', v6],
  ['[2001:db8::7]:_port', v6],
  ['2001:db8::7%eth0', v6],
  ['[2001:db8::7%25eth0]:80', v6],
  ['2001:DB8:0:0::0007', v6],
  ['for="[2001:db8::7]"', v6],
  ['unknown', undefined],
  ['_hidden', undefined],
  ['_SEVKISEK:80', undefined],
  ['for=unknown', undefined],
  ['-', undefined],
  ['localhost', undefined],
  ['203.0.113', undefined],
  ['203.0.113.999', undefined],
  ['0x7f.1', undefined],
  ['3405803785', undefined],
  ['203.0.113.09', undefined],
  ['2001:db8::7::1', undefined],
  ['[2001:db8::7', undefined],
  ['[]', undefined],
  ['""', undefined],
  ['203.0.113.9 198.51.100.2', undefined],
  ['<script>', undefined],
  ['\u00e9', undefined],
]

test.each(shapes)('X-Forwarded-For of %j never ends in one shared key', async (written, address) => {
  expect(await recordAddress(behindProxies.url, written), 'written by the proxy').toBe(address ?? '127.0.0.1')
  const behindAnother = `198.51.100.1, ${written.replace(/^,+|,[\s,]*$/g, '')}, 10.1.2.3:4711`
  expect(await recordAddress(behindProxies.url, behindAnother), 'by a proxy before').toBe(
    address ?? '10.1.2.3',
  )
})

test.each(shapes)('what a client claims is no matter: %j', async (claimed) => {
  expect(await recordAddress(behindProxies.url, `${claimed}, 203.0.113.9`)).toBe(mapped)
})

test('a header line for each hop counts as one list', async () => {
  const { id, email } = await database.addUser()
  const headers = new Headers([
    ['Content-Type', 'application/json'],
    ['X-Forwarded-For', '198.51.100.1'],
    ['X-Forwarded-For', '203.0.113.9'],
    ['X-Forwarded-For', '10.1.2.3'],
  ])
  const body = JSON.stringify({ email, password })
  await fetch(`${behindProxies.url}/api/users/login/`, { method: 'POST', headers, body })
  const session = database.db.selectFrom('sessions').select('ip').where('user_id', '=', id)
  expect((await session.executeTakeFirst())?.ip).toBe(mapped)
})

test('the log warns once of an untrusted header or a missing address', async () => {
  const api = await startLoggedApi(database.url, { TRUSTED_PROXIES: '10.0.0.1' })
  const trusting = await startLoggedApi(database.url, { TRUSTED_PROXIES: 'loopback' })
  const ask = (url: string, headers: Record<string, string>) => fetch(`${url}/api/users/policy/`, { headers })
  const timesSaid = (text: string, { output }: { output: () => string }) => output().split(text).length - 1
  await ask(api.url, {})
  expect(timesSaid('TRUSTED_PROXIES', api)).toBe(0)
  for (let count = 0; count < 3; count += 1) {
    await ask(api.url, { 'X-Forwarded-For': '203.0.113.9' })
    await ask(trusting.url, { 'X-Forwarded-For': 'unknown' })
    await ask(trusting.url, { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' })
  }
  await expect.poll(() => timesSaid('is not in TRUSTED_PROXIES', api)).toBe(1)
  await expect.poll(() => timesSaid('names no address', trusting)).toBe(1)
  expect(timesSaid('is not in TRUSTED_PROXIES', trusting)).toBe(0)
})
