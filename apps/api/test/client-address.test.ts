import { afterAll, expect, test } from 'vitest'
import { startTestApi } from '../src/testing.ts'
import { openDatabase, password } from './database.ts'

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
  ['198.51.100.1, garbage', null],
  [undefined, '127.0.0.1'],
])('of %j that a trusted proxy says, the last hop that is no proxy is recorded', async (claimed, address) => {
  expect(await recordAddress(behindProxies.url, claimed)).toBe(address)
})
