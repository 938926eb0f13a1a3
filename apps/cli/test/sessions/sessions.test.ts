import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const password = 'a good password'
const day = 86_400_000

/** Adds a user who is logged in on two devices. */
async function logInTwice(email: string) {
  const { id } = await service.addUser(email)
  const one = await service.caller.login({ email, password })
  const two = await service.caller.login({ email, password })
  const sessions = await sessionsOf(id)
  return { id, one, two, sessions }
}

const sessionsOf = (userId: number) =>
  service.db
    .selectFrom('sessions')
    .select(['id', 'revoked_because'])
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute()

/** Inserts sessions that were over so many days ago. */
async function insertOver(
  userId: number,
  count: number,
  { daysAgo, jti }: { daysAgo: number; jti?: string },
) {
  const over = new Date(Date.now() - daysAgo * day)
  const rows = Array.from({ length: count }, () => ({
    id: randomUUID(),
    user_id: userId,
    expires_at: over,
    ends_at: over,
    ...(jti === undefined ? {} : { adopted_jti: jti }),
  }))
  await service.db.insertInto('sessions').values(rows).execute()
  return rows.map(({ id }) => id)
}

test('list shows the live sessions of a user and no token', async () => {
  const { id, two, sessions } = await logInTwice('list@example.com')
  await insertOver(id, 1, { daysAgo: 1 })
  const table = await service.run(['sessions', 'list', 'LIST@example.com'])
  expect([table.code, table.stderr, table.stdout.split('\n').length]).toEqual([0, '', 4])
  expect(table.stdout).toMatch(/^ID +USER +IP +CREATED +LAST USED +EXPIRES +REUSED +USER AGENT\n/)
  const json = await service.run(['sessions', 'list', 'list@example.com', '--json'])
  const lines = json.stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line))
  expect(lines).toMatchObject(sessions.toReversed().map((session) => ({ id: session.id, user_id: id })))
  expect(json.stdout + table.stdout).not.toContain(two.refresh)
})

test('without an email list shows the sessions of all, used last first', async () => {
  const { stdout } = await service.run(['sessions', 'list', '--json', '--limit', '2'])
  expect(stdout.trimEnd().split('\n')).toHaveLength(2)
  expect(stdout).toMatch(/^\{"id":"[^"]+","user_id":\d+,/)
})

test('end ends one session at once, recorded, and only once', async () => {
  const { id, one, two, sessions } = await logInTwice('end@example.com')
  const first = sessions[0]?.id ?? ''
  expect(await service.run(['sessions', 'end', first])).toEqual({
    code: 0,
    stdout: `The session ${first} has ended.\n`,
    stderr: '',
  })
  await expect(service.caller.refresh({ refresh: one.refresh })).rejects.toThrow('Token is blacklisted')
  expect(await service.caller.refresh({ refresh: two.refresh })).toHaveProperty('access')
  expect(await service.eventsOf(id)).toEqual([{ kind: 'session_revoked', ip: null, user_agent: 'auth-cli' }])
  expect(await service.run(['sessions', 'end', first])).toEqual({
    code: 1,
    stdout: '',
    stderr: `error: There is no live session ${first}.\n`,
  })
  expect(await service.run(['sessions', 'end', 'no id'])).toMatchObject({ code: 1, stdout: '' })
})

test('end-all ends every session of a user and of nobody else', async () => {
  const [gone, other] = [await logInTwice('all@example.com'), await logInTwice('other@example.com')]
  const { code, stdout } = await service.run(['sessions', 'end-all', 'all@example.com', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([0, { id: gone.id, email: 'all@example.com', ended: 2 }])
  const reasons = (await sessionsOf(gone.id)).map(({ revoked_because }) => revoked_because)
  expect(reasons).toEqual(['operator', 'operator'])
  expect(await service.caller.refresh({ refresh: other.one.refresh })).toHaveProperty('access')
  expect(await service.run(['sessions', 'end-all', 'nobody@example.com'])).toMatchObject({ code: 1 })
})

test('prune deletes sessions long over, in batches, and nothing else', async () => {
  const { id, sessions } = await logInTwice('prune@example.com')
  await insertOver(id, 2500, { daysAgo: 31 })
  const recent = await insertOver(id, 1, { daysAgo: 29 })
  const adopted = await insertOver(id, 1, { daysAgo: 99, jti: 'adopted' })
  const { code, stdout } = await service.run(['sessions', 'prune', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([0, { deleted: 2500 }])
  const left = new Set((await sessionsOf(id)).map((session) => session.id))
  expect(left).toEqual(new Set([...sessions.map((session) => session.id), ...recent, ...adopted]))
  const again = await service.run(['sessions', 'prune', '--older-than-days', '20'])
  expect(again.stdout).toBe('Deleted 1 sessions.\n')
})

test('prune waits for nobody: a session that somebody has locked is left', async () => {
  const { id } = await service.addUser('locked@example.com')
  const [locked = ''] = await insertOver(id, 1, { daysAgo: 40 })
  await service.db.transaction().execute(async (tx) => {
    const session = tx.selectFrom('sessions').select('id').where('user_id', '=', id).where('id', '=', locked)
    await session.forUpdate().execute()
    expect(await service.run(['sessions', 'prune'])).toMatchObject({ stdout: 'Deleted 0 sessions.\n' })
  })
  expect(await service.run(['sessions', 'prune'])).toMatchObject({ stdout: 'Deleted 1 sessions.\n' })
})

test.each(['0', '-1', 'x', '1.5', '99999'])('prune refuses %s days', async (days) => {
  const { code, stderr } = await service.run(['sessions', 'prune', `--older-than-days=${days}`])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--older-than-days must be')])
})
