import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import FlyersLayout from '../src/app/flyers/layout.tsx'
import FlyersPage from '../src/app/flyers/page.tsx'
import { postFlyer } from '../src/app/flyers/post-flyer.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { playService, type PlayedService, resetService } from '../test/played-service.ts'
import { forgeToken, inSeconds } from '../test/session-cookies.ts'
import { holding, inProduction, listCalls, readInput, readKept, refreshed, toForm } from './production.ts'
import { act, render } from './request-scope.ts'

const account = inProduction()
let flyers: PlayedService

beforeAll(async () => {
  flyers = await playService()
  vi.stubEnv('FLYERS_URL', flyers.url)
})

afterAll(() => flyers.stop())

beforeEach(() => resetService(flyers))

/** Issued so many seconds ago, and lasting. */
const issued = (ago: number) => forgeToken({ exp: inSeconds(86_400), iat: inSeconds(-ago) })
const known = issued(3600)
const loggedIn = holding({ access: known, refresh: 'r' })

const entered = { id: '0a0a0a0a-0000-4000-8000-00000000000a', title: 'Lake', body: 'a\r\nb\r\nc' }

function post(headers = loggedIn, fields: Record<string, string> = entered) {
  return act(headers, () => postFlyer(blankForm(), toForm(fields)))
}

function show(query: Record<string, string> = {}, headers = loggedIn) {
  const props = { params: Promise.resolve({}), searchParams: Promise.resolve(query) }
  return render(headers, () => FlyersPage(props))
}

test("a flyer is posted with its visitor's token, normalised line breaks", async () => {
  flyers.answers['flyers.create'] = { data: {} }
  const { sentTo, cookies } = await post()
  expect([sentTo, cookies]).toEqual(['/flyers?notice=posted', []])
  expect(readInput(flyers)).toEqual({ ...entered, body: 'a\nb\nc' })
  expect(flyers.heard[0]?.headers.authorization).toBe(`Bearer ${known}`)
  expect(listCalls(account())).toEqual([])
})

test('a refused flyer keeps its text under the same id', async () => {
  const blank = await post(loggedIn, { ...entered, title: ' ' })
  expect(blank.result).toMatchObject({ attempt: 1, values: { ...entered, title: ' ' }, toCorrect: 'title' })
  expect(listCalls(flyers)).toEqual([])
  flyers.answers['flyers.create'] = { status: 503, code: 'unavailable' }
  const { result } = await post()
  expect(result?.values).toEqual(entered)
  expect(result?.errors.form).toContain('We cannot reach our service')
})

test('a form posted with other words says so under a new id', async () => {
  flyers.answers['flyers.create'] = { status: 409, code: 'conflict' }
  const { result } = await post()
  expect(result?.errors.form).toContain('You posted this form already')
  expect(result?.values).toMatchObject({ title: entered.title, body: entered.body })
  expect(result?.values.id).toMatch(/^[0-9a-f-]{36}$/)
  expect(result?.values.id).not.toBe(entered.id)
  const broken = await post(loggedIn, { ...entered, id: 'x' })
  expect(broken.result?.values.id).not.toBe('x')
})

test('a token that the flyers service refuses is refreshed once', async () => {
  const fresh = { access: issued(1), refresh: refreshed.refresh }
  account().answers['auth.refresh'] = { data: fresh }
  flyers.answers['flyers.create'] = { status: 401 }
  const { result, cookies } = await post()
  expect(result?.errors.form).toContain('We cannot reach our service')
  expect(listCalls(account())).toEqual(['auth.refresh'])
  expect(flyers.heard.map(({ headers }) => headers.authorization)).toEqual([
    `Bearer ${known}`,
    `Bearer ${fresh.access}`,
  ])
  expect(Object.values(readKept(cookies))).toEqual(Object.values(fresh))
})

test('a fresh token refused by the flyers service ends no session', async () => {
  flyers.answers['flyers.create'] = { status: 401 }
  flyers.answers['flyers.mine'] = { status: 401 }
  const fresh = holding({ access: issued(50), refresh: 'r' })
  const { result, cookies } = await post(fresh)
  expect(result?.errors.form).toContain('We cannot reach our service')
  expect([cookies, listCalls(account())]).toEqual([[], []])
  const page = await show({}, fresh)
  expect(page.result).toMatch(/We cannot reach .*your flyers.* right now\. You are still logged in\./)
  expect((await show({}, holding({ access: issued(70), refresh: 'r' }))).sentTo).toBe(
    '/session/renew?next=%2Fflyers',
  )
})

test("only the account service's word ends a session", async () => {
  flyers.answers['flyers.mine'] = { status: 401, code: 'session_ended' }
  const { sentTo } = await show({}, holding({ access: issued(1), refresh: 'r' }))
  expect(sentTo).toBe('/session/renew?next=%2Fflyers')
})

test('my flyers stand in order, with my name and their time', async () => {
  const flyer = { id: entered.id, title: 'Lake', body: 'Swim', created_at: '2026-01-02T15:04:00.000Z' }
  const author = { display_name: 'Ada', bio: '' }
  flyers.answers['flyers.mine'] = {
    data: { author, flyers: [flyer, { ...flyer, id: '2', title: 'Walk', body: '' }] },
  }
  const { result = '' } = await show()
  expect(result).toMatch(/Ada.*Lake.*Swim.*2026-01-02T15:04.*Walk/s)
  expect(result).not.toContain('Nothing here yet')
  expect(result.match(/<p dir="auto"/g)).toHaveLength(1)
  flyers.answers['flyers.mine'] = { data: { author: null, flyers: [] } }
  const empty = await show()
  expect(empty.result).toContain('Nothing here yet. Post your first flyer.')
  expect(empty.result).not.toContain('Posted as')
})

test('the navigation leads to the flyers', async () => {
  const { result } = await render(loggedIn, () => FlyersLayout({ children: 'a page' }))
  expect(result).toContain('href="/flyers"')
})

test('each form for a flyer has an id of its own', async () => {
  flyers.answers['flyers.mine'] = { data: { author: null, flyers: [] } }
  const ids = new Set<string>()
  for (const { result = '' } of [await show({ post: '' }), await show({ post: '' })])
    ids.add(/name="id" value="([0-9a-f-]{36})"/.exec(result)?.[1] ?? '')
  expect([ids.size, ids.has('')]).toEqual([2, false])
  const { result } = await show({ notice: 'posted' })
  expect(result).toContain('Your flyer is posted.')
  expect(result).not.toContain('<form class')
})
