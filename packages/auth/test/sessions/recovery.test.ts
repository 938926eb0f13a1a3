import { expect, test } from 'vitest'
import {
  addAccount,
  age,
  createService,
  eventsOf,
  openDatabase,
  type Service,
  sessionOf,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, epochSeconds, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const lenient = await createService(db)
const strict = await createService(db, { BLACKLIST_AFTER_ROTATION: 'true' })
const still = await createService(db, { ROTATE_REFRESH_TOKENS: 'false' })
const modes = [
  ['lenient', lenient],
  ['strict', strict],
] as const

const genOf = (token: string) => readJwt(token).claims['gen']

/** A failover loses what was written to the session since. */
async function fallBack({
  id,
  generation,
  delivered_generation,
  ...times
}: Awaited<ReturnType<typeof sessionOf>>) {
  const { rotated_at, issued_at, expires_at } = times
  const lost = { generation, delivered_generation, rotated_at, issued_at, expires_at }
  await db.updateTable('sessions').set(lost).where('id', '=', id).execute()
}

/**
 * A chain of refreshes whose answers are in use, and whose last ones the database then loses: it is
 * at `generation` again.
 */
async function logInAndLose(service: Service, { kept = 1, lost = 2 } = {}) {
  const user = await logIn(service)
  const tokens = [user.refresh]
  let row = await sessionOf(db, user.id)
  let { access } = user
  for (let count = 0; count < kept + lost; count += 1) {
    const { body } = await service.refresh(tokens.at(-1))
    tokens.push(body.refresh)
    ;({ access } = body)
    await service.me(access)
    if (count + 1 === kept) row = await sessionOf(db, user.id)
  }
  await fallBack(row)
  return { ...user, tokens, newest: tokens.at(-1) ?? '', access, row }
}

const kindsOf = async (userId: number) =>
  (await eventsOf(db, userId))
    .map(({ kind }) => kind)
    .filter((kind) => kind !== 'user_added' && kind !== 'login')

test.each(modes)(
  '%s: whose refreshes a failover lost stays logged in, and it is recorded',
  async (_, service) => {
    const { id, newest, access } = await logInAndLose(service)
    expect((await service.me(access)).status).toBe(200)
    const { status, body } = await service.refresh(newest)
    expect([status, genOf(body.refresh), genOf(body.access)]).toEqual([200, 4, 4])
    expect((await service.me(body.access)).status).toBe(200)
    expect((await eventsOf(db, id)).at(-1)).toMatchObject({
      kind: 'session_recovered',
      detail: { presented: 3, current: 1 },
    })
    expect(await kindsOf(id)).toEqual(['session_recovered'])
    expect((await service.refresh(body.refresh)).status).toBe(200)
    expect(await sessionOf(db, id)).toMatchObject({ generation: 5, revoked_at: null, reused_at: null })
  },
)

/**
 * How theft and loss meet: who presents which generation of a chain whose row fell from 3 back to
 * 1, and which one is the reuse.
 */
const thefts: [string, { first: number; second: number; third?: 'answer of the first' }][] = [
  [
    'a thief with a token of before the loss comes first',
    { first: 1, second: 3, third: 'answer of the first' },
  ],
  ['a thief with a token of before the loss comes last', { first: 3, second: 1 }],
  ['a thief with an old token comes last', { first: 3, second: 0 }],
  ['thief and owner both have the newest', { first: 3, second: 3 }],
  ['a thief has the newest, the owner is behind', { first: 3, second: 2 }],
]

test.each(
  thefts.flatMap(([name, theft]) => modes.map(([mode, service]) => ({ name, mode, service, theft }))),
)('$mode: theft and loss: $name: the next old token is reuse', async ({ service, theft }) => {
  const { id, tokens } = await logInAndLose(service)
  const first = await service.refresh(tokens[theft.first])
  expect(first.status).toBe(200)
  await service.me(first.body.access)
  await age(db, id, '31 seconds')
  const second = await service.refresh(tokens[theft.second])
  const reuse = theft.third === undefined ? second : await service.refresh(first.body.refresh)
  expect(reuse.status).toBe(service === strict ? 401 : 200)
  expect((await kindsOf(id)).filter((kind) => kind !== 'session_revoked')).toEqual([
    'session_recovered',
    'refresh_reused',
  ])
  expect((await sessionOf(db, id)).revoked_because).toBe(service === strict ? 'reuse' : null)
  expect((await service.refresh(first.body.refresh)).status).toBe(service === strict ? 401 : 200)
})

test('20 refreshes of a token ahead recover once', async () => {
  const { id, newest } = await logInAndLose(strict)
  const answers = await Promise.all(Array.from({ length: 20 }, () => strict.refresh(newest)))
  expect(new Set(answers.map(({ body }) => body.refresh)).size).toBe(1)
  expect(genOf(answers[0]?.body.refresh ?? '')).toBe(4)
  expect(await kindsOf(id)).toEqual(['session_recovered'])
})

test("after a loss the token's exp counts, and ends_at binds", async () => {
  const { id, newest } = await logInAndLose(strict)
  await db
    .updateTable('sessions')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('user_id', '=', id)
    .execute()
  const { body } = await strict.refresh(newest)
  expect(genOf(body.refresh)).toBe(4)
  const ended = await logInAndLose(strict)
  await db
    .updateTable('sessions')
    .set({ ends_at: new Date(Date.now() - 1000) })
    .where('user_id', '=', ended.id)
    .execute()
  expect((await strict.refresh(ended.newest)).body.detail).toBe('Token is expired')
  expect(await sessionOf(db, ended.id)).toMatchObject({ generation: 1 })
})

test("a token ahead that is over by PostgreSQL's clock is refused", async () => {
  const behind = await createService(db, {}, () => new Date(Date.now() - 3_600_000))
  const { id, refresh } = await logIn(lenient)
  await age(db, id, '8 days')
  const { claims } = readJwt(refresh)
  const over = { ...claims, gen: 1, iat: epochSeconds() - 7200, exp: epochSeconds() - 60 }
  expect((await behind.refresh(signJwt(over))).body.detail).toBe('Token is expired')
  expect(behind.reports).toEqual([])
})

test('an ended or deleted session stays so for tokens ahead', async () => {
  const ended = await logInAndLose(strict)
  expect((await strict.logout(ended.newest)).status).toBe(200)
  const gone = await logInAndLose(strict)
  await db.deleteFrom('sessions').where('user_id', '=', gone.id).execute()
  for (const { id, newest } of [ended, gone]) {
    expect((await strict.refresh(newest)).body.detail).toBe('Token is blacklisted')
    expect(await kindsOf(id)).not.toContain('session_recovered')
  }
})

test('an inactive user is refused, and nothing of the session is recovered', async () => {
  const { id, newest } = await logInAndLose(strict)
  await db.updateTable('users').set({ is_active: false }).where('id', '=', id).execute()
  expect((await strict.refresh(newest)).body.detail).toBe('No active account found for the given token.')
  expect(await sessionOf(db, id)).toMatchObject({ generation: 1 })
})

test('only a generation that leaves no room for another is refused', async () => {
  const { id, refresh } = await logIn(strict)
  const { claims } = readJwt(refresh)
  for (const gen of [2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 2 ** 53]) {
    expect([gen, (await strict.refresh(signJwt({ ...claims, gen }))).body.detail]).toEqual([
      gen,
      'Token is invalid',
    ])
  }
  const { body } = await strict.refresh(signJwt({ ...claims, gen: 2 ** 31 - 3 }))
  expect(genOf(body.refresh)).toBe(2 ** 31 - 2)
  const last = (await strict.refresh(body.refresh)).body
  expect((await strict.refresh(last.refresh)).body.detail).toBe('Token is invalid')
  expect(strict.reports).toEqual([])
  expect((await sessionOf(db, id)).revoked_at).toBe(null)
})

test('without rotation a token ahead is current again', async () => {
  const { id, newest } = await logInAndLose(lenient)
  await db
    .updateTable('sessions')
    .set({ expires_at: new Date(Date.now() - 1000) })
    .where('user_id', '=', id)
    .execute()
  for (let round = 0; round < 2; round += 1) {
    expect(Object.keys((await still.refresh(newest)).body)).toEqual(['access'])
  }
  const { generation, expires_at } = await sessionOf(db, id)
  expect([generation, expires_at.getTime() / 1000]).toEqual([3, readJwt(newest).claims['exp']])
  expect(await kindsOf(id)).toEqual(['session_recovered'])
})

test('an adopted session goes on after a loss too', async () => {
  const { id } = await addAccount(lenient)
  const token = signJwt({ ...djangoClaims('refresh', id), exp: epochSeconds() + 604_800 })
  const { body } = await lenient.refresh(token)
  const row = await sessionOf(db, id)
  const { refresh } = (await lenient.refresh((await lenient.refresh(body.refresh)).body.refresh)).body
  await fallBack(row)
  expect(genOf((await lenient.refresh(refresh)).body.refresh)).toBe(4)
})
