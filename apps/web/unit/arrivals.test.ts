import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { login } from '../src/app/login/login.ts'
import { register } from '../src/app/register/register.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { loginPath } from '../src/session/paths.ts'
import { elsewhere } from '../test/elsewhere.ts'
import { cookieNames } from '../test/session-cookies.ts'
import {
  holding,
  inProduction,
  keptRefreshed,
  listCalls,
  readInput,
  readKept,
  refreshed,
  toForm,
  user,
} from './production.ts'
import { act } from './request-scope.ts'

const service = inProduction()
/**
 * Whose language is chosen: the service is not asked for it. The page has scripts: Next.js names
 * the action in a header.
 */
const stranger = { ...holding({}), cookie: 'pf_language=en', 'next-action': 'x' }
const deviceName = '__Host-pf_device'

const forms = {
  login: {
    procedure: 'auth.login',
    send: (headers: Record<string, string>, fields: Record<string, string>) =>
      act(headers, () => login(blankForm(), toForm(fields))),
    arrival: '/account',
  },
  register: {
    procedure: 'auth.register',
    send: (headers: Record<string, string>, fields: Record<string, string>) =>
      act(headers, () => register(blankForm(), toForm(fields))),
    arrival: '/account?notice=welcome',
  },
}

const entered = { email: 'ada@example.com', password: 'a flyer on the wall' }

/** What the service was sent, without the secret of the browser that a registration has. */
function readEntered(): object {
  const { browser, ...rest } = z.looseObject({ browser: z.string().optional() }).parse(readInput(service()))
  expect(browser ?? 'S'.repeat(43)).toMatch(/^[\w-]{43}$/)
  return rest
}

for (const [name, { procedure, send, arrival }] of Object.entries(forms)) {
  test(`after a ${name} the browser keeps session and device token, hidden from scripts`, async () => {
    service().answers[procedure] = { data: { ...refreshed, user, device_token: 'device' } }
    const { sentTo, cookies } = await send(stranger, entered)
    expect([sentTo, readKept(cookies)]).toEqual([arrival, { ...keptRefreshed, [deviceName]: 'device' }])
    for (const line of cookies) expect(line).toMatch(/; Path=\/; .*Secure; HttpOnly; SameSite=lax$/i)
    expect(cookies.find((line) => line.startsWith(deviceName))).toContain('; Max-Age=15552000;')
    expect(readEntered()).toEqual(entered)
    expect(service().heard[0]?.headers).toMatchObject({
      'user-agent': 'A browser',
      'x-forwarded-for': '203.0.113.9',
    })
  })

  test(`a ${name} presents the browser’s device token`, async () => {
    service().answers[procedure] = { data: { ...refreshed, user, device_token: 'new' } }
    await send({ ...stranger, cookie: `pf_language=en; ${deviceName}=mine` }, entered)
    expect(readEntered()).toEqual({ ...entered, device_token: 'mine' })
  })

  test(`a ${name} without device tokens at the service leaves no cookie`, async () => {
    service().answers[procedure] = { data: { ...refreshed, user } }
    const { sentTo, cookies } = await send(
      { ...stranger, cookie: `pf_language=en; ${deviceName}=mine` },
      entered,
    )
    expect([sentTo, readKept(cookies)]).toEqual([arrival, keptRefreshed])
  })

  test(`a ${name} goes on to an account page, never another site`, async () => {
    service().answers[procedure] = { data: { ...refreshed, user, device_token: 'device' } }
    const sent = await send(stranger, { ...entered, next: '/account/sessions?a=1' })
    expect(sent.sentTo).toBe('/account/sessions?a=1')
    for (const next of [...elsewhere, '/login'])
      expect((await send(stranger, { ...entered, next })).sentTo).toBe(arrival)
    expect(readInput(service())).not.toHaveProperty('next')
  })

  test(`without scripts a ${name} goes on by the login`, async () => {
    service().answers[procedure] = { data: { ...refreshed, user } }
    const { sentTo } = await send(holding({}), entered)
    expect(sentTo).toBe(loginPath(arrival, 'not-kept'))
  })

  test(`a failed ${name} keeps the email, and neither password nor cookie`, async () => {
    service().answers[procedure] = { status: 503, code: 'unavailable' }
    const { result, cookies } = await send(holding({ refresh: 'r' }), entered)
    expect(cookies).toEqual([])
    expect(result?.values).toEqual({ email: entered.email })
    expect(JSON.stringify(result)).not.toContain(entered.password)
    expect([result?.toCorrect, result?.errors]).toEqual([
      'password',
      { form: 'We cannot reach our service right now. Please try again in a moment.' },
    ])
  })

  test(`a ${name} of nothing asks the service nothing and names the first field`, async () => {
    for (const fields of [{}, { email: '', password: '' }]) {
      const { result } = await send(stranger, fields)
      expect([result?.toCorrect, Object.keys(result?.errors ?? {}).toSorted()]).toEqual([
        'email',
        ['email', 'password'],
      ])
    }
    expect(listCalls(service())).toEqual([])
  })
}

test('wrong password and unknown email are one sentence, at the password', async () => {
  service().answers['auth.login'] = { status: 401, code: 'invalid_credentials' }
  const { result } = await forms.login.send(stranger, entered)
  expect(result).toEqual({
    attempt: 1,
    values: { email: entered.email },
    errors: { password: 'That email and password do not match.' },
    toCorrect: 'password',
  })
  service().answers['auth.login'] = { status: 429, code: 'throttled', retryAfterSeconds: 30 }
  const throttled = await forms.login.send(stranger, entered)
  expect(throttled.result?.errors).toEqual({
    form: 'That was too often. Please wait 30 seconds.',
    wait: '30',
  })
})

test('a registration that is refused says why and keeps the name', async () => {
  const fields = { ...entered, display_name: ' Ada ' }
  service().answers['auth.register'] = { status: 403, code: 'registration_closed' }
  const closed = await forms.register.send(stranger, fields)
  expect(closed.result?.errors).toEqual({ form: 'New accounts cannot be created here at the moment.' })
  expect(closed.result?.values).toEqual({ email: entered.email, display_name: ' Ada ' })
  expect(readEntered()).toEqual({ ...entered, display_name: 'Ada' })
  const taken = { email: ['It is taken.'] }
  service().answers['auth.register'] = { status: 400, code: 'invalid_input', fields: taken }
  const { result } = await forms.register.send(stranger, fields)
  expect([result?.errors, result?.toCorrect]).toEqual([{ email: 'It is taken.' }, 'email'])
  await forms.register.send(stranger, { ...entered, display_name: '  ' })
  expect(readEntered()).toEqual(entered)
})

test('a login replaces whatever session the browser had', async () => {
  service().answers['auth.login'] = { data: { ...refreshed, user, device_token: 'device' } }
  const { cookies } = await forms.login.send(holding({ access: 'other', refresh: 'other' }), entered)
  expect(readKept(cookies)).toMatchObject({ [cookieNames.access]: refreshed.access })
  expect(service().heard[0]?.headers).not.toHaveProperty('authorization')
})

test('without a User-Agent the service is sent none', async () => {
  service().answers['auth.login'] = { data: { ...refreshed, user } }
  await forms.login.send({}, entered)
  expect(service().heard[0]?.headers).not.toHaveProperty('x-forwarded-for')
  expect(service().heard[0]?.headers['user-agent']).not.toBe('')
})

test('a service that is silent for ten seconds is out of reach', async () => {
  const fetch = vi.fn<typeof globalThis.fetch>(async () => new Promise(() => {}))
  vi.stubGlobal('fetch', fetch)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const login = forms.login.send(stranger, entered)
    let isOver = false
    void login.then(() => (isOver = true))
    while (fetch.mock.calls.length === 0) {
      await vi.advanceTimersByTimeAsync(1)
      await new Promise(setImmediate)
    }
    await vi.advanceTimersByTimeAsync(9900)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(100)
    expect((await login).result?.errors.form).toContain('We cannot reach our service')
  } finally {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
})
