import { sessionList } from '@pockitflyer/auth-protocol/schemas'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { setActive } from '../../src/admin/set-active.ts'
import {
  addAccount,
  type Answer,
  createService,
  eventsOf,
  openDatabase,
  password,
  type Service,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { djangoClaims, readJwt, signJwt } from '../support/jwt.ts'

const { db } = await openDatabase()
const service = await createService(db)
const three = await createService(db, { SESSIONS_PER_USER: '3' })

const sidOf = (token: string) => String(readJwt(token).claims['sid'])

/** Logs in so often, and answers the sessions in their order. */
async function logInTimes(
  by: Service,
  email: string,
  times: number,
): Promise<{ sid: string; refresh: string }[]> {
  const started = []
  for (let time = 0; time < times; time += 1) {
    const { body } = await by.login(email, password)
    started.push({ sid: sidOf(body.access), refresh: body.refresh })
  }
  return started
}

const liveOf = async (userId: number) =>
  (await sessionsOf(db, userId)).filter(({ revoked_at }) => revoked_at === null).map(({ id }) => id)

/** Gives a user so many live sessions, each used a second before the one before. */
async function addSessions(userId: number, count: number): Promise<void> {
  await sql`
    insert into sessions (id, user_id, expires_at, ends_at, user_agent, last_used_at)
    select gen_random_uuid(), ${userId}, now() + interval '7 days', now() + interval '90 days', 'agent ' || i % 50,
      now() - make_interval(secs => i)
    from generate_series(1, ${count}) i`.execute(db)
}

test('one session too many ends the one used longest ago', async () => {
  const { id, email } = await addAccount(three)
  const [one, two, last] = await logInTimes(three, email, 3)
  await three.refresh(one?.refresh)
  const [fourth] = await logInTimes(three, email, 1)
  expect(new Set(await liveOf(id))).toEqual(new Set([one?.sid, last?.sid, fourth?.sid]))
  expect((await sessionsOf(db, id)).find((session) => session.id === two?.sid)).toMatchObject({
    revoked_because: 'session_limit',
  })
  const ended = (await eventsOf(db, id)).filter(({ kind }) => kind === 'session_revoked')
  expect(ended).toMatchObject([{ session_id: two?.sid, detail: { because: 'session_limit' } }])
  expect((await three.refresh(two?.refresh)).status).toBe(401)
})

test('a lowered bound holds from the next login of each user', async () => {
  const [one, other] = [await logIn(service), await logIn(service)]
  await addSessions(one.id, 150)
  await logInTimes(three, one.email, 1)
  expect(await liveOf(one.id)).toHaveLength(3)
  expect(await liveOf(other.id)).toHaveLength(1)
})

test('sessions that ended or expired take no room', async () => {
  const { id, email } = await addAccount(three)
  const [one, two] = await logInTimes(three, email, 3)
  await three.logout(one?.refresh)
  await sql`update sessions set expires_at = now() where id = ${two?.sid}`.execute(db)
  await logInTimes(three, email, 2)
  expect((await eventsOf(db, id)).filter(({ kind }) => kind === 'session_revoked')).toEqual([])
})

test('an adopted session counts, and a repeated adoption ends nothing', async () => {
  const { id, email } = await addAccount(three)
  const [one] = await logInTimes(three, email, 3)
  const token = signJwt(djangoClaims('refresh', id))
  expect((await three.refresh(token)).status).toBe(200)
  const live = await liveOf(id)
  expect([live.length, live.includes(one?.sid ?? '')]).toEqual([3, false])
  await three.refresh(token)
  await three.logout(token)
  await logInTimes(three, email, 1)
  const before = await liveOf(id)
  await three.refresh(token)
  expect(await liveOf(id)).toEqual(before)
})

test('concurrent logins leave few sessions too many, the next none', async () => {
  const { id, email } = await addAccount(three)
  const answers = await Promise.all(Array.from({ length: 12 }, () => three.login(email, password)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  await logInTimes(three, email, 1)
  expect(await liveOf(id)).toHaveLength(3)
})

test('of many excess sessions those used longest ago end first', async () => {
  const { id, email } = await addAccount(three)
  await addSessions(id, 5010)
  await logInTimes(three, email, 1)
  const byUse = (await sessionsOf(db, id)).toSorted(
    (one, other) => other.last_used_at.getTime() - one.last_used_at.getTime(),
  )
  expect(new Set(await liveOf(id))).toEqual(new Set(byUse.slice(0, 11).map((session) => session.id)))
})

test('a login skips sessions in use, and the next ends them', async () => {
  const { id, email } = await addAccount(three)
  const [oldest] = await logInTimes(three, email, 3)
  await db.transaction().execute(async (tx) => {
    await sql`select from sessions where user_id = ${id} and id = ${oldest?.sid} for update`.execute(tx)
    const started: unknown[] = []
    void logInTimes(three, email, 1).then((sessions) => started.push(...sessions))
    await expect.poll(() => started, { timeout: 20_000 }).toHaveLength(1)
    expect(await liveOf(id)).toHaveLength(4)
  })
  await logInTimes(three, email, 1)
  expect(await liveOf(id)).toHaveLength(3)
  expect(await liveOf(id)).not.toContain(oldest?.sid)
})

const list = (token: string, query: string) => service.rest('GET', `/api/users/sessions/${query}`, { token })
const idsOf = ({ text }: Answer) => sessionList.parse(JSON.parse(text)).map(({ id }) => id)

test('the list holds the newest hundred and pages on', async () => {
  const { id, access } = await logIn(service)
  await addSessions(id, 250)
  const order = (await sessionsOf(db, id))
    .toSorted((a, b) => b.last_used_at.getTime() - a.last_used_at.getTime())
    .map((session) => session.id)
  const pages = [idsOf(await list(access, ''))]
  for (let page = pages[0] ?? []; page.length > 0; ) {
    page = idsOf(await list(access, `?before=${page.at(-1)}`))
    pages.push(page)
  }
  expect(pages.map(({ length }) => length)).toEqual([100, 100, 51, 0])
  expect(pages.flat()).toEqual(order)
  expect(idsOf(await list(access, `?limit=2&before=${order[4]}`))).toEqual(order.slice(5, 7))
  const input = encodeURIComponent(JSON.stringify({ limit: 2, before: order[4] }))
  const trpc = await service.query(`auth.listSessions?input=${input}`, { token: access })
  expect(sessionList.parse(trpc.body.result.data).map((entry) => entry.id)).toEqual(order.slice(5, 7))
})

test('the asking session is live though the list lacks it', async () => {
  const { id, access } = await logIn(service)
  await sql`update sessions set last_used_at = now() - interval '1 day' where user_id = ${id}`.execute(db)
  await addSessions(id, 3)
  const answer = await list(access, '?limit=2')
  expect([
    answer.status,
    sessionList.parse(JSON.parse(answer.text)).some((entry) => entry.is_current),
  ]).toEqual([200, false])
})

test('sessions that were used at the same moment are all listed once', async () => {
  const { id, access } = await logIn(service)
  await addSessions(id, 30)
  await sql`update sessions set last_used_at = now() where user_id = ${id}`.execute(db)
  const first = idsOf(await list(access, '?limit=16'))
  const rest = idsOf(await list(access, `?before=${first.at(-1)}`))
  expect(new Set([...first, ...rest]).size).toBe(31)
})

test.each([
  ['?limit=0', { limit: ['Ensure this value is greater than or equal to 1.'] }],
  ['?limit=-1', { limit: ['Ensure this value is greater than or equal to 1.'] }],
  ['?limit=101', { limit: ['Ensure this value is less than or equal to 100.'] }],
  ['?limit=', { limit: ['A valid integer is required.'] }],
  ['?limit=1.5', { limit: ['A valid integer is required.'] }],
  ['?limit=ten', { limit: ['A valid integer is required.'] }],
  ['?limit=1&limit=1e9', { limit: ['A valid integer is required.'] }],
  [`?limit=${'9'.repeat(400)}`, { limit: ['A valid integer is required.'] }],
  ['?before=7', { before: ['Must be a valid UUID.'] }],
  ['?before=', { before: ['Must be a valid UUID.'] }],
  ['?before=00000000-0000-4000-8000-000000000000', { before: ['You have no such session.'] }],
])('a list that is asked for with %s is refused', async (query, fields) => {
  const { access } = await logIn(service)
  const answer = await list(access, query)
  expect([answer.status, answer.body]).toEqual([400, fields])
})

test("no page starts at another user's session", async () => {
  const [mine, theirs] = [await logIn(service), await logIn(service)]
  expect((await list(mine.access, `?before=${sidOf(theirs.access)}`)).status).toBe(400)
  const { body } = await service.login(mine.email, password)
  await service.logout(body.refresh)
  expect(idsOf(await list(mine.access, `?before=${sidOf(body.access)}`))).toEqual([sidOf(mine.access)])
})

test.each([
  [
    'end-others',
    1,
    async (token: string) => service.rest('POST', '/api/users/sessions/end-others/', { token }),
  ],
  ['end-all', 0, async (token: string) => service.rest('POST', '/api/users/sessions/end-all/', { token })],
  [
    'a new password',
    1,
    async (token: string) =>
      service.rest(
        'POST',
        '/api/users/password/change/',
        { token },
        JSON.stringify({ current_password: password, new_password: 'seven ferries at noon' }),
      ),
  ],
])('%s ends more sessions than one statement does, each recorded', async (_, left, act) => {
  const { id, access } = await logIn(service)
  await addSessions(id, 10_200)
  expect((await act(access)).status).toBe(200)
  expect(await liveOf(id)).toHaveLength(left)
  const events = (await eventsOf(db, id)).filter(({ kind }) => kind === 'session_revoked')
  expect(events.length).toBeGreaterThanOrEqual(10_200)
})

test('a deactivation ends as many', async () => {
  const { id } = await logIn(service)
  await addSessions(id, 5000)
  await setActive(service.auth, { client: { ip: null, userAgent: null } }, { userId: id, isActive: false })
  expect(await liveOf(id)).toEqual([])
})
