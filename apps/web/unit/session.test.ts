import { createAuthClient } from '@pockitflyer/auth-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findReturnPath, loginPath, registerPath, refreshPath } from '../src/session/paths.ts'
import {
  clearSession,
  readSession,
  readUserId,
  sessionCookieNames,
  writeSession,
} from '../src/session/cookies.ts'
import { forgeToken } from '../test/session-cookies.ts'
import { isRefreshDue, refreshSession } from '../src/session/refresh-session.ts'
import { findTokenExpiry, findTokenIssue } from '../src/session/token-claims.ts'

const now = 1_800_000_000

beforeEach(() => void vi.useFakeTimers({ now: now * 1000, toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

function token(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`
}

const access = token({ exp: now + 86_400, iat: now })
const refresh = token({ exp: now + 604_800, iat: now })

function jar(cookies: Record<string, string> = {}) {
  const written: unknown[][] = []
  return {
    written,
    get: (name: string) => (name in cookies ? { value: cookies[name] ?? '' } : undefined),
    set: (...cookie: unknown[]) => written.push(cookie),
  }
}

const hidden = { httpOnly: true, sameSite: 'lax', path: '/' }

test("production's cookie prefix cannot be set by a sibling subdomain", () => {
  expect(sessionCookieNames(true)).toEqual({ access: '__Host-pf_access', refresh: '__Host-pf_refresh' })
  const { written, set } = jar()
  writeSession({ set }, { access, refresh }, true)
  expect(written).toEqual([
    ['__Host-pf_access', access, { ...hidden, secure: true, maxAge: 86_400 }],
    ['__Host-pf_refresh', refresh, { ...hidden, secure: true, maxAge: 604_800 }],
  ])
})

test("development cookies have the port in their names and aren't Secure", () => {
  expect(sessionCookieNames(false)).toEqual({ access: 'pf_access_3000', refresh: 'pf_refresh_3000' })
  const { written, set } = jar()
  writeSession({ set }, { access, refresh: undefined }, false)
  expect(written).toEqual([['pf_access_3000', access, { ...hidden, secure: false, maxAge: 86_400 }]])
})

test("a cookie lives as long as its token, or until browser's end", () => {
  const { written, set } = jar()
  for (const exp of [now - 5, now + 1.9, undefined]) writeSession({ set }, { access: token({ exp }) }, true)
  expect(written.map((cookie) => cookie[2])).toEqual(
    [0, 1, undefined].map((maxAge) => ({ ...hidden, secure: true, maxAge })),
  )
})

test('all cookies are deleted with the attributes that they were written with', () => {
  const { written, set } = jar()
  clearSession({ set }, true)
  expect(written).toEqual([
    ['__Host-pf_access', '', { ...hidden, secure: true, maxAge: 0 }],
    ['__Host-pf_refresh', '', { ...hidden, secure: true, maxAge: 0 }],
    ['__Host-pf_user', '', { ...hidden, httpOnly: false, secure: true, maxAge: 0 }],
  ])
})

test('a session has a cookie with its user, which scripts may read', () => {
  const { written, set } = jar()
  const ofUser = forgeToken({ exp: now + 60, user_id: 7 })
  writeSession({ set }, { access: ofUser, refresh: forgeToken({ exp: now + 90 }) }, true)
  expect(written.at(-1)).toEqual([
    '__Host-pf_user',
    '7',
    { ...hidden, httpOnly: false, secure: true, maxAge: 90 },
  ])
  expect(readUserId(jar({ '__Host-pf_access': ofUser }), true)).toBe('7')
  expect(readUserId(jar({ '__Host-pf_access': 'garbage', '__Host-pf_refresh': ofUser }), true)).toBe('7')
  expect(readUserId(jar({}), true)).toBeUndefined()
  const ofDjango = forgeToken({ exp: now + 60, user_id: '7' })
  expect(readUserId(jar({ '__Host-pf_access': ofDjango }), true)).toBe('7')
  expect(readUserId(jar({ '__Host-pf_access': forgeToken({ user_id: [7] }) }), true)).toBeUndefined()
})

test('production ignores cookies without the prefix; empty ones count as absent', () => {
  const unprefixed = { pf_access: 'a', pf_refresh: 'r', pf_access_3000: 'a', pf_refresh_3000: 'r' }
  expect(readSession(jar(unprefixed), true)).toEqual({ access: undefined, refresh: undefined })
  const prefixed = { '__Host-pf_access': 'a', '__Host-pf_refresh': 'r' }
  expect(readSession(jar(prefixed), true)).toEqual({ access: 'a', refresh: 'r' })
  expect(readSession(jar({ ...unprefixed, ...prefixed }), false)).toEqual({ access: 'a', refresh: 'r' })
  expect(readSession(jar({ '__Host-pf_access': '', '__Host-pf_refresh': '' }), true)).toEqual({
    access: undefined,
    refresh: undefined,
  })
})

function isDue(lifetime: number | undefined, left: number): boolean {
  const exp = now + left
  return isRefreshDue({
    access: token({ exp, ...(lifetime && { iat: exp - lifetime }) }),
    refresh: undefined,
  })
}

test('an access token is refreshed in its last tenth or minute', () => {
  for (const lifetime of [86_400, 600, undefined]) {
    expect(isDue(lifetime, 60)).toBe(false)
    expect(isDue(lifetime, 59)).toBe(true)
  }
  for (const lifetime of [30, 60, 100, 300]) {
    expect(isDue(lifetime, lifetime / 10)).toBe(false)
    expect(isDue(lifetime, lifetime / 10 - 1)).toBe(true)
    expect(isDue(lifetime, lifetime)).toBe(false)
  }
  expect([isDue(-100, 10), isDue(-100, -10)]).toEqual([false, true])
})

test('a missing or unreadable access token is due for a refresh', () => {
  for (const access of [undefined, '', 'garbage', 'a.b.c', token({}), token({ exp: 'soon' })])
    expect(isRefreshDue({ access, refresh: undefined })).toBe(true)
})

test('times are read from JWTs, and only finite numbers', () => {
  expect([findTokenExpiry(access), findTokenIssue(access)]).toEqual([now + 86_400, now])
  const none = [
    '',
    'x',
    'a.b',
    'a.!.c',
    token([]),
    'h.bnVsbA.s',
    'h.MQ.s',
    token({ exp: '1', iat: true }),
    `h.${btoa('{"exp":1e999}')}.s`,
  ]
  for (const text of none)
    expect([findTokenExpiry(text), findTokenIssue(text)]).toEqual([undefined, undefined])
})

test.each([
  ['/account', '/account'],
  ['/account/sessions?a=b&c', '/account/sessions?a=b&c'],
  ['/flyers?post', '/flyers?post'],
  ['account', '/account'],
  ['/account#x', '/account'],
  ['/x/../account', '/account'],
])('%j leads to %j', (next, path) => expect(findReturnPath(next)).toBe(path))

test.each([
  undefined,
  null,
  1,
  ['/account'],
  '',
  '/',
  '/login',
  '/accountant',
  '/flyers2',
  '/api/users/me/',
  '//evil.example/account',
  '/\\evil.example/account',
  '\t//evil.example/account',
  'https://evil.example/account',
  'https:evil.example',
  'javascript:alert(1)//account',
  '/account/../login',
  'http://this.site.evil/account',
  'https://this.site/account',
  'http://[',
])('%j leads nowhere', (next) => expect(findReturnPath(next)).toBeUndefined())

test('an address remembers where to return, except for the account', () => {
  expect(loginPath(undefined)).toBe('/login')
  expect(loginPath('/account')).toBe('/login')
  expect(loginPath('/account/sessions')).toBe('/login?next=%2Faccount%2Fsessions')
  expect(loginPath('/flyers?post=1&a', 'session-ended')).toBe(
    '/login?notice=session-ended&next=%2Fflyers%3Fpost%3D1%26a',
  )
  expect(registerPath('/flyers')).toBe('/register?next=%2Fflyers')
  expect(refreshPath('/account/password')).toBe('/session/renew?next=%2Faccount%2Fpassword')
})

function answering(status: number, body: unknown): Parameters<typeof refreshSession>[0] {
  return createAuthClient({
    url: 'http://a/api/trpc',
    fetch: () => Promise.resolve(Response.json(body, { status })),
  })
}

function refusal(httpStatus: number): unknown {
  return [{ error: { message: 'x', code: -32_001, data: { code: 'x', httpStatus, path: 'auth.refresh' } } }]
}

test("only the service's word ends a session; otherwise cookies stay", async () => {
  for (const status of [400, 401])
    expect(await refreshSession(answering(status, refusal(status)), 'r')).toEqual({ kind: 'ended' })
  for (const status of [403, 404, 408, 413, 429, 500, 502, 503])
    expect(await refreshSession(answering(status, refusal(status)), 'r')).toEqual({ kind: 'unavailable' })
  expect(await refreshSession(answering(401, 'no answer of ours'), 'r')).toEqual({ kind: 'unavailable' })
  expect(await refreshSession(answering(200, [{ result: { data: { access, refresh } } }]), 'r')).toEqual({
    kind: 'refreshed',
    tokens: { access, refresh },
  })
})
