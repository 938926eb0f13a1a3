import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { POST } from '../src/app/session/end/route.ts'
import { GET } from '../src/app/session/renew/route.ts'
import { forgeToken, inSeconds, userCookieName } from '../test/session-cookies.ts'
import {
  holding,
  inProduction,
  keptNothing,
  keptRefreshed,
  lasting,
  listCalls,
  readKept,
  refreshed,
  user,
} from './production.ts'

const service = inProduction()

function visit(query: string, tokens: Parameters<typeof holding>[0] = { access: lasting, refresh: 'r' }) {
  return GET(new NextRequest(`http://next/session/renew${query}`, { headers: holding(tokens) }))
}

function show(answer: Response) {
  expect(answer.headers.get('cache-control')).toBe('no-store')
  const lines = answer.headers.getSetCookie()
  for (const line of lines) {
    const hidden = line.startsWith(userCookieName) ? '' : 'HttpOnly; '
    expect(line).toMatch(new RegExp(`; Path=/; .*Secure; ${hidden}SameSite=lax$`, 'i'))
  }
  return [answer.status, answer.headers.get('location'), readKept(lines)]
}

test('a refresh sets the new pair, leads back and is not stored', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  service().answers['auth.me'] = { data: user }
  expect(show(await visit('?next=%2Faccount%2Fsessions%3Fa%3D1'))).toEqual([
    307,
    '/account/sessions?a=1',
    keptRefreshed,
  ])
  expect(listCalls(service())).toEqual(['auth.refresh', 'auth.me'])
  const [refresh, me] = service().heard
  expect(JSON.parse(refresh?.body ?? '')).toEqual({ '0': { refresh: 'r' } })
  expect(me?.headers.authorization).toBe(`Bearer ${refreshed.access}`)
  for (const heard of [refresh, me])
    expect(heard?.headers).toMatchObject({ 'user-agent': 'A browser', 'x-forwarded-for': '203.0.113.9' })
})

test('a refresh without a page of ours leads to the account', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  service().answers['auth.me'] = { status: 503, code: 'unavailable' }
  for (const query of ['', '?next=https%3A%2F%2Fevil.example%2Faccount', '?next=%2Flogin'])
    expect(show(await visit(query))).toEqual([307, '/account', keptRefreshed])
})

test('an ended session is forgotten, reported, and asked for once', async () => {
  const ended = [307, '/login?notice=session-ended&next=%2Fflyers', keptNothing]
  service().answers['auth.refresh'] = { status: 401 }
  expect(show(await visit('?next=%2Fflyers'))).toEqual(ended)
  expect(listCalls(service())).toEqual(['auth.refresh'])
  service().heard.length = 0
  expect(show(await visit('?next=%2Fflyers', { access: lasting }))).toEqual(ended)
  expect(listCalls(service())).toEqual([])
  service().answers['auth.refresh'] = { data: refreshed }
  service().answers['auth.me'] = { status: 401 }
  expect(show(await visit('?next=%2Fflyers'))).toEqual(ended)
})

test('without the service a refresh forgets nothing and is not stored', async () => {
  for (const status of [429, 500, 503]) {
    service().answers['auth.refresh'] = { status, code: 'unavailable' }
    expect(show(await visit('?next=%2Fflyers'))).toEqual([
      307,
      '/login?notice=unavailable&next=%2Fflyers',
      {},
    ])
  }
})

function end(tokens: Parameters<typeof holding>[0]) {
  const headers = holding(tokens)
  return POST(new NextRequest('http://next/session/end', { method: 'POST', headers }))
}

test('a logout ends the session at the service and forgets it here', async () => {
  service().answers['auth.logout'] = { data: {} }
  const answer = await end({ access: lasting, refresh: 'mine' })
  expect(show(answer)).toEqual([303, '/login?notice=logged-out', keptNothing])
  expect(answer.headers.get('clear-site-data')).toBe('"cache"')
  expect(listCalls(service())).toEqual(['auth.logout'])
  expect(JSON.parse(service().heard[0]?.body ?? '')).toEqual({ '0': { refresh: 'mine' } })
  expect(service().heard[0]?.headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9' })
})

test('a logout that the service does not hear of forgets the session', async () => {
  service().answers['auth.logout'] = { status: 503, code: 'unavailable' }
  const untold = [303, '/login?notice=logged-out-here', keptNothing]
  expect(show(await end({ refresh: 'mine' }))).toEqual(untold)
  service().answers['auth.logout'] = { status: 401, code: 'session_ended' }
  expect(show(await end({ refresh: 'over' }))).toEqual([303, '/login?notice=logged-out', keptNothing])
  service().heard.length = 0
  expect(show(await end({ access: lasting }))).toEqual([303, '/login?notice=logged-out', keptNothing])
  expect(listCalls(service())).toEqual([])
})

test("a logout from another user's page ends nothing", async () => {
  const access = forgeToken({ exp: inSeconds(60), user_id: 7 })
  const headers = { ...holding({ access, refresh: 'mine' }), 'content-length': '7' }
  const send = (owner: string) =>
    POST(new NextRequest('http://next/session/end', { method: 'POST', headers, body: formOf(owner) }))
  expect(show(await send('8'))).toEqual([303, '/account?notice=other-user', {}])
  expect(listCalls(service())).toEqual([])
  service().answers['auth.logout'] = { data: {} }
  expect(show(await send('7'))).toEqual([303, '/login?notice=logged-out', keptNothing])
})

const formOf = (owner: string) => new URLSearchParams({ owner })
