import { sessionList } from '@pockitflyer/auth-protocol/schemas'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  type Answer,
  addAccount,
  age,
  clientAddress,
  createService,
  openDatabase,
  password,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const path = '/api/users/sessions/'
const sidOf = (token: string) => String(readJwt(token).claims['sid'])
const list = (token?: string) => service.rest('GET', path, { token })
const entriesOf = ({ text }: Answer) => sessionList.parse(JSON.parse(text))

const firefox = 'Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0'

async function logInFrom(email: string, userAgent: string) {
  const body = JSON.stringify({ email, password })
  return service.rest('POST', '/api/users/login/', { headers: { 'User-Agent': userAgent } }, body)
}

test('a user sees every device, last used first, theirs marked', async () => {
  const { id, email, access, refresh } = await logIn(service)
  await age(db, id, '1 hour')
  const phone = (await logInFrom(email, firefox)).body
  expect(entriesOf(await list(access)).map((entry) => entry.id)).toEqual([sidOf(phone.access), sidOf(access)])
  await service.refresh(refresh)
  const answer = await list(access)
  expect(answer.status).toBe(200)
  const entries = entriesOf(answer)
  const times = entries.flatMap(({ created_at, last_used_at }) => [created_at, last_used_at])
  for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(entries.map(({ created_at: _created, last_used_at: _used, ...entry }) => entry)).toEqual([
    {
      id: sidOf(access),
      device: { browser: null, os: null, type: null },
      ip: clientAddress,
      reused_at: null,
      is_current: true,
    },
    {
      id: sidOf(phone.access),
      device: { browser: 'Firefox', os: 'Android', type: 'mobile' },
      ip: clientAddress,
      reused_at: null,
      is_current: false,
    },
  ])
  expect(answer.text).not.toContain(refresh)
})

test('both transports list the same, with and without the slash', async () => {
  const { access } = await logIn(service)
  const answers = [await list(access), await service.rest('GET', '/api/users/sessions', { token: access })]
  const { body } = await service.query('auth.listSessions', { token: access })
  for (const answer of answers) expect(entriesOf(answer)).toEqual(body.result.data)
})

test('ended, expired and foreign sessions are not listed', async () => {
  const { id, email, refresh } = await logIn(service)
  await logIn(service)
  await service.logout(refresh)
  await service.login(email, password)
  await age(db, id, '8 days')
  const { body } = await service.login(email, password)
  expect(entriesOf(await list(body.access)).map((entry) => entry.id)).toEqual([sidOf(body.access)])
})

test('to a token of the Django service no session is current', async () => {
  const { id } = await logIn(service)
  const other = await addAccount(service)
  expect(entriesOf(await list(signJwt(djangoClaims('access', id))))).toMatchObject([{ is_current: false }])
  expect(await list(signJwt(djangoClaims('access', other.id)))).toMatchObject({ status: 200, text: '[]' })
})

test('any user agent is listed, and only known names show', async () => {
  const { email, access } = await logIn(service)
  const hostile = [
    'x',
    '<script>/1 x',
    'Dart/3.0 (dart:io)',
    `Mozilla/5.0 ${'('.repeat(500)}`,
    '__proto__/1 ',
  ]
  for (const agent of hostile) await logInFrom(email, agent)
  const answer = await list(access)
  expect(entriesOf(answer)).toHaveLength(hostile.length + 1)
  const unknown = { browser: null, os: null, type: null }
  for (const { device } of entriesOf(answer)) expect(device).toEqual(unknown)
})

test('without a live, active session nothing is listed', async () => {
  const [out, off] = [await logIn(service), await logIn(service)]
  await service.logout(out.refresh)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', off.id).execute()
  for (const [token, code] of [
    [undefined, 'not_authenticated'],
    ['garbage', 'token_invalid'],
    [out.access, 'session_ended'],
    [off.access, 'user_inactive'],
    [signJwt(djangoClaims('access', 999_999_999)), 'user_not_found'],
  ] as const) {
    const trpc = await service.query('auth.listSessions', { token })
    expect([trpc.status, trpc.body.error.data.code]).toEqual([401, code])
    const rest = await list(token)
    expect([rest.status, rest.text]).toEqual([401, (await service.me(token)).text])
  }
})

test("OPTIONS describes the sessions' paths; other methods are refused", async () => {
  const { access: token } = await logIn(service)
  const id = crypto.randomUUID()
  for (const [address, allow] of [
    [path, 'GET, HEAD, OPTIONS'],
    [`${path}${id}/`, 'DELETE, OPTIONS'],
    [`${path}end-others/`, 'POST, OPTIONS'],
    [`${path}end-all`, 'POST, OPTIONS'],
  ] as const) {
    const options = await service.rest('OPTIONS', address, { token })
    expect([options.status, options.headers['allow']]).toEqual([200, allow])
    expect(z.object({ name: z.string() }).parse(JSON.parse(options.text)).name).not.toBe('')
    const wrong = await service.rest('PUT', address, { token })
    expect([wrong.status, wrong.headers['allow']]).toEqual([405, allow])
    expect((await service.rest('OPTIONS', address)).status).toBe(401)
  }
})
