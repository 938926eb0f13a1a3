import { expect, test } from 'vitest'
import { password, startAccounts } from './support/accounts.ts'
import { createFreshApp } from './support/fresh-app.ts'

const accounts = await startAccounts({ RATE_LIMITS: 'on', LOGIN_FAILURES_PER_ADDRESS: '1/1h' })
const app = await createFreshApp('apps/express')
await app.run('tsc', [])
const server = app.start('node', ['server.ts'], { PORT: '0', ACCOUNTS_ORIGIN: accounts.origin })
const origin = `http://localhost:${await server.says(/"port":(\d+)/)}`

/** Cookies of the app, by name. */
const jar = new Map<string, string>()

/** Calls the app as a browser does, which keeps its cookies. */
async function call(method: 'GET' | 'POST', path: string, input?: object): Promise<Response> {
  const cookie = Array.from(jar, ([name, value]) => `${name}=${value}`).join('; ')
  const headers = { cookie, 'content-type': 'application/json' }
  const body = input === undefined ? {} : { body: JSON.stringify(input) }
  const answer = await fetch(`${origin}${path}`, { method, headers, ...body })
  for (const line of answer.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') jar.delete(name)
    else jar.set(name, value)
  }
  return answer
}

test('the service logs in, refreshes, guards a route and logs out', async () => {
  const loggedIn = await call('POST', '/login', { email: accounts.email, password })
  const user: unknown = await loggedIn.json()
  expect(user).toMatchObject({ email: accounts.email })
  const access = jar.get('access') ?? ''
  expect(await (await call('GET', '/me')).json()).toEqual(user)

  jar.set('access', `${access}x`)
  expect(await (await call('GET', '/me')).json()).toEqual(user)
  const refreshed = jar.get('access') ?? ''
  expect([refreshed === access, refreshed === `${access}x`]).toEqual([false, false])

  const mine = (token: string) => fetch(`${origin}/mine`, { headers: { authorization: `Bearer ${token}` } })
  expect((await mine(refreshed)).status).toBe(200)
  expect((await mine(`${refreshed}x`)).status).toBe(401)

  const refresh = jar.get('refresh') ?? ''
  expect((await call('POST', '/logout')).status).toBe(204)
  expect(jar.size).toBe(0)
  expect(await accounts.isLive(refresh)).toBe(false)
  expect((await call('GET', '/me')).status).toBe(401)
})

test('the service passes on what the account service says', async () => {
  const blank = await call('POST', '/login', { email: '', password: '' })
  expect(blank.status).toBe(400)
  expect(await blank.json()).toMatchObject({ code: 'invalid_input', fields: { email: [expect.any(String)] } })
  const wrong = { email: accounts.email, password: 'wrong' }
  expect((await call('POST', '/login', wrong)).status).toBe(401)
  await expect.poll(async () => (await call('POST', '/login', wrong)).status).toBe(429)
  const throttled = await call('POST', '/login', wrong)
  expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0)
})
