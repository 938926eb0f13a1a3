import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { runProxyHeader } from '../src/front/run-proxy-header.ts'
import { config, proxy } from '../src/proxy.ts'
import { cookieNames } from '../test/session-cookies.ts'
import {
  holding,
  inProduction,
  keptNothing,
  keptRefreshed,
  lasting,
  listCalls,
  old,
  readKept,
  refreshed,
} from './production.ts'

const service = inProduction()

interface Asked {
  path?: string
  method?: string
  tokens?: Parameters<typeof holding>[0]
  headers?: Record<string, string>
  body?: BodyInit
}

function ask({ path = '/account', method = 'GET', tokens = {}, headers = {}, body }: Asked) {
  const all = { ...holding(tokens), ...headers }
  return proxy(
    new NextRequest(`http://next${path}`, { method, headers: all, ...(body !== undefined && { body }) }),
  )
}

/** A header of the request as the page will see it. */
function seenByPage(answer: Response, name: string): string | null {
  expect(answer.headers.get('x-middleware-next')).toBe('1')
  expect(answer.headers.get('x-middleware-override-headers')?.split(',')).toContain(name)
  return answer.headers.get(`x-middleware-request-${name}`)
}

test('an unreadable form is refused in text and goes no further', async () => {
  const headers = { 'content-type': 'multipart/form-data; boundary=b' }
  const large = '["' + 'x'.repeat(1024 * 1024) + '"]'
  const faults: [Asked, number][] = [
    [{ headers, body: '--b' }, 400],
    [{ headers: { 'next-action': '60', 'content-type': 'text/plain' }, body: large }, 413],
  ]
  for (const [asked, status] of faults) {
    const answer = await ask({ ...asked, method: 'POST', tokens: { access: old, refresh: 'r' } })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('x-middleware-next')).toBeNull()
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.text()).toMatch(/\.\n$/)
  }
  expect(listCalls(service())).toEqual([])
})

test('before a page an old pair is refreshed for page and browser', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  for (const method of ['GET', 'HEAD']) {
    for (const tokens of [{ access: old, refresh: 'r' }, { refresh: 'r' }]) {
      service().heard.length = 0
      const answer = await ask({ method, tokens, headers: { 'x-custom': 'kept' } })
      expect(listCalls(service())).toEqual(['auth.refresh'])
      expect(service().heard[0]?.headers).toMatchObject({
        'user-agent': 'A browser',
        'x-forwarded-for': '203.0.113.9',
      })
      expect(readKept(answer.headers.getSetCookie())).toEqual(keptRefreshed)
      const cookie = seenByPage(answer, 'cookie')
      for (const token of Object.values(refreshed)) expect(cookie).toContain(token)
      expect(cookie).not.toContain(old)
      expect(seenByPage(answer, 'x-custom')).toBe('kept')
    }
  }
})

test('lasting tokens, missing refresh tokens and forms are left alone', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  const asked: Asked[] = [
    { tokens: { access: lasting, refresh: 'r' } },
    { tokens: { access: old } },
    {},
    { method: 'POST', tokens: { access: old, refresh: 'r' } },
    { method: 'OPTIONS', tokens: { access: old, refresh: 'r' } },
  ]
  for (const one of asked) {
    const answer = await ask(one)
    expect(answer.headers.get('x-middleware-next')).toBe('1')
    expect(answer.headers.getSetCookie()).toEqual([])
  }
  expect(listCalls(service())).toEqual([])
})

test('without the service the page shows and no cookie changes', async () => {
  service().answers['auth.refresh'] = { status: 503, code: 'unavailable' }
  const answer = await ask({ tokens: { access: old, refresh: 'r' } })
  expect(seenByPage(answer, 'cookie')).toContain(old)
  expect(answer.headers.getSetCookie()).toEqual([])
})

test('an ended session leads to the login, which remembers the page', async () => {
  service().answers['auth.refresh'] = { status: 401 }
  const places = {
    '/account': '/login?notice=session-ended',
    '/account/sessions?a=1': '/login?notice=session-ended&next=%2Faccount%2Fsessions%3Fa%3D1',
    '/login?next=%2Fflyers': '/login?notice=session-ended&next=%2Fflyers',
    '/login?next=%2F%2Fevil.example': '/login?notice=session-ended',
    '/register': '/login?notice=session-ended',
  }
  for (const [path, target] of Object.entries(places)) {
    const answer = await ask({ path, tokens: { access: old, refresh: 'dead' } })
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `http://next${target}`])
    expect(readKept(answer.headers.getSetCookie())).toEqual(keptNothing)
  }
})

test('the login reports the end, without the dead cookies', async () => {
  service().answers['auth.refresh'] = { status: 401 }
  for (const path of ['/login?notice=session-ended', '/login?notice=session-ended&next=%2Fflyers']) {
    const answer = await ask({
      path,
      tokens: { access: old, refresh: 'dead' },
      headers: { 'x-custom': 'kept' },
    })
    expect(seenByPage(answer, 'x-custom')).toBe('kept')
    expect(answer.headers.get('x-middleware-request-cookie') ?? '').not.toContain(cookieNames.refresh)
    expect(readKept(answer.headers.getSetCookie())).toEqual(keptNothing)
  }
})

test('it runs before what the listener marked, and nothing else', () => {
  expect(config.matcher).toEqual([{ source: '/:path*', has: [{ type: 'header', key: runProxyHeader }] }])
})
