import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  clientAddress,
  createService,
  eventsOf,
  openDatabase,
  password,
  logIn,
  waitForLockWaits,
} from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)

const path = '/api/users/me/'

const patch = (token: string | undefined, profile: unknown, headers: Record<string, string> = {}) =>
  service.rest('PATCH', path, { token, headers }, JSON.stringify({ profile }))

const changesOf = async (userId: number) =>
  (await eventsOf(db, userId)).filter(({ kind }) => kind === 'profile_changed')

test('a change answers what me answers, and the next login too', async () => {
  const { id, email, access } = await logIn(service)
  const answer = await patch(access, { display_name: ' Ada ', bio: ' Countess\nof Lovelace ' })
  expect(answer.status).toBe(200)
  const profile = { display_name: 'Ada', bio: ' Countess\nof Lovelace ' }
  expect(answer.text).toBe(JSON.stringify({ id, email, profile }))
  expect((await service.me(access)).text).toBe(answer.text)
  expect((await service.login(email, password)).body.user).toEqual(answer.body)
})

test('what is absent stays as it is, through both transports', async () => {
  const { access } = await logIn(service, { display_name: 'Ada', bio: 'Countess' })
  const profileAfter = async (input: unknown) => {
    const { body } = await service.mutate('auth.updateProfile', input, { token: access })
    return z.object({ profile: z.unknown() }).parse(body.result.data).profile
  }
  expect(await profileAfter({ profile: { bio: '' } })).toEqual({ display_name: 'Ada', bio: '' })
  expect(await profileAfter({ profile: { display_name: 'Grace' } })).toEqual({
    display_name: 'Grace',
    bio: '',
  })
  expect(await profileAfter({ profile: {} })).toEqual({ display_name: 'Grace', bio: '' })
  expect(await profileAfter({})).toEqual({ display_name: 'Grace', bio: '' })
  expect((await service.rest('PATCH', path, { token: access })).status).toBe(200)
})

test('the audit says which fields changed, and nothing of what they hold', async () => {
  const { id, access } = await logIn(service, { display_name: 'Ada', bio: 'Countess' })
  await patch(access, { display_name: 'Grace Hopper', bio: 'Countess' })
  await patch(access, { display_name: 'Grace Hopper', bio: 'Rear admiral' })
  const common = {
    kind: 'profile_changed',
    session_id: readJwt(access).claims['sid'],
    ip: clientAddress,
    user_agent: 'a test',
  }
  expect(await changesOf(id)).toEqual([
    { ...common, detail: { fields: ['display_name'] } },
    { ...common, detail: { fields: ['bio'] } },
  ])
  expect(JSON.stringify(await eventsOf(db, id))).not.toMatch(/Grace|Rear/)
})

test('a change that changes nothing writes nothing', async () => {
  const { id, access } = await logIn(service, { display_name: 'Ada', bio: 'Countess' })
  const rowVersion = async () =>
    db
      .selectFrom('profiles')
      .select(sql<string>`xmin::text`.as('version'))
      .where('user_id', '=', id)
      .executeTakeFirst()
  const before = await rowVersion()
  for (const profile of [
    {},
    { display_name: 'Ada' },
    { display_name: ' Ada ', bio: 'Countess' },
    undefined,
  ]) {
    expect((await patch(access, profile)).status).toBe(200)
  }
  expect(await rowVersion()).toEqual(before)
  expect(await changesOf(id)).toEqual([])
})

test('what nobody can change is ignored', async () => {
  const [me, other] = [await logIn(service), await logIn(service)]
  const fields = {
    id: other.id,
    email: 'new@example.com',
    password: 'x',
    is_active: false,
    profile: { bio: 'Mine', user_id: other.id },
  }
  const answer = await service.rest('PATCH', path, { token: me.access }, JSON.stringify(fields))
  expect(answer.body).toMatchObject({ id: me.id, email: me.email, profile: { bio: 'Mine' } })
  expect((await service.me(other.access)).body).toMatchObject({ id: other.id, profile: { bio: '' } })
  expect((await service.login(me.email, password)).status).toBe(200)
})

test("in a form the profile's fields have dotted names", async () => {
  const { access } = await logIn(service)
  const form = (fields: Record<string, string>) =>
    service.rest(
      'PATCH',
      path,
      { token: access, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } },
      new URLSearchParams(fields).toString(),
    )
  expect((await form({ 'profile.display_name': 'Zoë \u{1F511}', profile: 'ignored' })).body).toMatchObject({
    profile: { display_name: 'Zoë \u{1F511}', bio: '' },
  })
  const multipart = new FormData()
  multipart.append('profile.bio', 'مرحبا')
  multipart.append('profile.__proto__', 'no')
  multipart.append('profiles.bio', 'no')
  const answer = await service.rest('PATCH', path, { token: access }, multipart)
  expect(answer.body.profile).toEqual({ display_name: 'Zoë \u{1F511}', bio: 'مرحبا' })
  expect(await form({ 'profile.display_name': ' ' })).toMatchObject({
    status: 400,
    body: { profile: { display_name: ['This field may not be blank.'] } },
  })
  expect((await form({ profile: 'ignored' })).status).toBe(200)
})

test.each([
  [{ display_name: '' }, { display_name: ['This field may not be blank.'] }],
  [{ display_name: ' \n' }, { display_name: ['This field may not be blank.'] }],
  [
    { display_name: 'x'.repeat(101) },
    { display_name: ['Ensure this field has no more than 100 characters.'] },
  ],
  [{ bio: 'x'.repeat(2001) }, { bio: ['Ensure this field has no more than 2000 characters.'] }],
  [
    { display_name: null, bio: ['a'] },
    { display_name: ['This field may not be null.'], bio: ['Not a valid string.'] },
  ],
  [
    { display_name: 'a\0', bio: 'a\ud800' },
    {
      display_name: ['Null characters are not allowed.'],
      bio: ['Surrogate characters are not allowed: U+D800.'],
    },
  ],
])('a fault is told where it is, and nothing changes: %j', async (profile, texts) => {
  const { access } = await logIn(service)
  const before = await service.me(access)
  const rest = await patch(access, { display_name: 'Ada', bio: 'Countess', ...profile })
  expect([rest.status, rest.body]).toEqual([400, { profile: texts }])
  const trpc = await service.mutate('auth.updateProfile', { profile }, { token: access })
  const dotted = Object.fromEntries(Object.entries(texts).map(([name, list]) => [`profile.${name}`, list]))
  expect([trpc.status, trpc.body.error.data.code, trpc.body.error.data.fields]).toEqual([
    400,
    'invalid_input',
    dotted,
  ])
  expect((await service.me(access)).text).toBe(before.text)
})

test.each([
  [null, 'This field may not be null.'],
  ['text', 'Invalid data. Expected a dictionary.'],
  [1, 'Invalid data. Expected a dictionary.'],
  [[], 'Invalid data. Expected a dictionary.'],
])('a profile that is no object is refused: %j', async (profile, text) => {
  const { access } = await logIn(service)
  const rest = await patch(access, profile)
  expect([rest.status, rest.body]).toEqual([400, { profile: [text] }])
  const { body } = await service.mutate('auth.updateProfile', { profile }, { token: access })
  expect(body.error.data.fields).toEqual({ profile: [text] })
})

test('100 characters of name and 2,000 of bio fit any script', async () => {
  const { access } = await logIn(service)
  const profile = { display_name: '\u{1F469}'.repeat(100), bio: '\u{1F511}مرحبا'.repeat(333) }
  expect((await patch(access, profile)).body.profile).toEqual(profile)
  expect((await service.me(access)).body.profile).toEqual(profile)
})

test('without a live, active session nothing is changed', async () => {
  const [out, off] = [await logIn(service), await logIn(service)]
  await service.logout(out.refresh)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', off.id).execute()
  for (const [token, code] of [
    [undefined, 'not_authenticated'],
    [out.refresh, 'token_wrong_type'],
    [out.access, 'session_ended'],
    [off.access, 'user_inactive'],
    [signJwt(djangoClaims('access', 999_999_999)), 'user_not_found'],
  ] as const) {
    const rest = await patch(token, { bio: 'Changed' })
    expect([rest.status, rest.text]).toEqual([401, (await service.me(token)).text])
    const trpc = await service.mutate('auth.updateProfile', { profile: { bio: 'Changed' } }, { token })
    expect([trpc.status, trpc.body.error.data.code]).toEqual([401, code])
  }
  const bios = await db
    .selectFrom('profiles')
    .select('bio')
    .where('user_id', 'in', [out.id, off.id])
    .execute()
  expect(bios).toEqual([{ bio: '' }, { bio: '' }])
})

test('a token of the Django service changes the profile of its user', async () => {
  const { id } = await logIn(service)
  const answer = await patch(signJwt(djangoClaims('access', id)), { bio: 'Changed' })
  expect(answer.body).toMatchObject({ id, profile: { bio: 'Changed' } })
  expect(await changesOf(id)).toMatchObject([{ session_id: null }])
})

test('a change that a logout overtakes changes nothing', async () => {
  const { id, access } = await logIn(service)
  const sessionId = String(readJwt(access).claims['sid'])
  const tx = await db.startTransaction().execute()
  await tx
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoked_because: 'logout' })
    .where('id', '=', sessionId)
    .execute()
  const answering = patch(access, { bio: 'Changed' })
  await waitForLockWaits(db, 1)
  await tx.commit().execute()
  expect((await answering).status).toBe(401)
  expect(await changesOf(id)).toEqual([])
})

test('of concurrent changes each counts for its own field', async () => {
  const { id, access } = await logIn(service)
  const answers = await Promise.all([
    patch(access, { display_name: 'Ada' }),
    patch(access, { bio: 'Countess' }),
    patch(access, { display_name: 'Ada' }),
    patch(access, { bio: 'Countess' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect((await service.me(access)).body.profile).toEqual({ display_name: 'Ada', bio: 'Countess' })
  expect(await changesOf(id)).toHaveLength(2)
})

test('other methods are refused by name, and bad bodies too', async () => {
  const { access } = await logIn(service)
  const wrong = await service.rest('PUT', path, { token: access })
  expect([wrong.status, wrong.headers['allow']]).toEqual([405, 'GET, PATCH, HEAD, OPTIONS'])
  const send = (type: string, body: string) =>
    service.rest('PATCH', path, { token: access, headers: { 'Content-Type': type } }, body)
  expect((await send('text/plain', 'bio')).status).toBe(415)
  expect((await send('application/json', '{"profile":')).status).toBe(400)
  expect((await send('application/json', '[]')).body).toEqual({
    non_field_errors: ['Invalid data. Expected a dictionary, but got list.'],
  })
  expect((await patch(access, {}, { Accept: 'text/html' })).status).toBe(406)
})
