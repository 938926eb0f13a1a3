import { sql } from 'kysely'
import pg from 'pg'
import { beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { findUserOfSession } from '../../src/db/by-engine.ts'
import { createService, openDatabase, password, logIn } from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db)

/** Every statement that goes to the database passes here. */
const query = vi.spyOn(pg.Client.prototype, 'query')
beforeEach(() => void query.mockClear())

test('who asks at once shares one statement, and each hears of themselves', async () => {
  const users = await Promise.all(Array.from({ length: 20 }, () => logIn(service)))
  const [loggedOut, inactive] = users
  await service.logout(loggedOut?.refresh ?? '')
  await sql`update users set is_active = false where id = ${inactive?.id}`.execute(db)
  query.mockClear()

  const answers = await Promise.all(users.map(({ access }) => service.me(access)))
  expect(query).toHaveBeenCalledTimes(1)
  expect(answers.map(({ status }) => status)).toEqual([401, 401, ...users.slice(2).map(() => 200)])
  const emails = answers.map(({ text }) => /"email":"([^"]+)"/.exec(text)?.[1])
  expect(emails.slice(2)).toEqual(users.slice(2).map(({ email }) => email))
})

test('two sessions of a user asking at once are judged separately', async () => {
  const one = await logIn(service)
  const { access } = (await service.login(one.email, password)).body
  await service.logout(one.refresh)
  const answers = await Promise.all([access, one.access, access].map((token) => service.me(token)))
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 200])
})

test('a batch checks its access token once, with one statement', async () => {
  const { id, access } = await logIn(service)
  const verify = vi.spyOn(service.auth.tokens, 'verify')
  query.mockClear()
  const answer = await service.query('auth.me,auth.me,auth.me?batch=1&input=%7B%7D', { token: access })
  const ids = z.array(z.object({ result: z.object({ data: z.object({ id: z.number() }) }) }))
  expect(ids.parse(answer.body)).toEqual(Array.from({ length: 3 }, () => ({ result: { data: { id } } })))
  expect([query.mock.calls.length, verify.mock.calls.length]).toEqual([1, 1])
})

test('a failed shared statement fails all alike; the next is served', async () => {
  const users = await Promise.all(Array.from({ length: 3 }, () => logIn(service)))
  query.mockImplementationOnce(() => {
    throw new Error('Connection terminated unexpectedly')
  })
  const ask = () => Promise.all(users.map(({ access }) => service.me(access)))
  service.reports.length = 0
  const failed = await ask()
  expect(failed.map(({ status, headers }) => [status, headers['retry-after']])).toEqual(
    users.map(() => [503, '1']),
  )
  expect(service.reports, 'the operator hears of each').toHaveLength(3)
  expect((await ask()).map(({ status }) => status)).toEqual([200, 200, 200])
})

test('a call alone waits for none; those beside it share one statement', async () => {
  const users = await Promise.all(Array.from({ length: 6 }, () => logIn(service)))
  const [first, ...others] = users.map(({ id }) => ({ userId: id, sessionId: undefined, leewaySeconds: 0 }))
  if (first === undefined) throw new TypeError('there is a user')
  query.mockClear()
  const alone = findUserOfSession(db, first)
  await new Promise((resolve) => process.nextTick(() => process.nextTick(resolve)))
  const together = others.map((key) => findUserOfSession(db, key))
  const rows = await Promise.all([alone, ...together])
  expect(rows.map((row) => row?.id)).toEqual(users.map(({ id }) => id))
  expect(query).toHaveBeenCalledTimes(2)
})
