import { expect, test } from 'vitest'
import { openDatabase } from '../database.ts'
import {
  djangoToken,
  inParallel,
  logoutAt,
  meAt,
  type Refreshed,
  refreshAt,
  startProcess,
} from '../processes.ts'

const database = await openDatabase()
/** A thousand sessions of four users: more than one user may have by default. */
const strict = { BLACKLIST_AFTER_ROTATION: 'true', LOG_LEVEL: 'info', SESSIONS_PER_USER: '1000' }

async function startTwo(): Promise<[string, string]> {
  const [one, other] = await Promise.all([
    startProcess(database.url, strict),
    startProcess(database.url, strict),
  ])
  return [one.url, other.url]
}

async function sessionsOf(userId: number) {
  return database.db
    .selectFrom('sessions')
    .select(['generation', 'revoked_because'])
    .where('user_id', '=', userId)
    .execute()
}

async function eventsOf(userId: number): Promise<string[]> {
  const rows = await database.db
    .selectFrom('auth_events')
    .select('kind')
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
  return rows.map(({ kind }) => kind)
}

test('64 concurrent refreshes at two servers get one successor', async () => {
  const urls = await startTwo()
  for (const round of [0, 1]) {
    const { id } = await database.addUser()
    const { refresh } = await refreshAt(urls[0], djangoToken(id))
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) => refreshAt(urls[index % 2] ?? '', refresh)),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(new Set(answers.map((answer) => answer.refresh)).size, `round ${round}`).toBe(1)
    expect(new Set(answers.map(({ access }) => access)).size).toBe(64)
    expect(await sessionsOf(id)).toEqual([{ generation: 2, revoked_because: null }])
    expect(await eventsOf(id)).toEqual(['user_added'])
  }
})

test('64 concurrent adoptions at two servers make one session', async () => {
  const urls = await startTwo()
  const { id } = await database.addUser()
  const token = djangoToken(id)
  const answers = await Promise.all(
    Array.from({ length: 64 }, (_, index) => refreshAt(urls[index % 2] ?? '', token)),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(new Set(answers.map(({ refresh }) => refresh)).size).toBe(1)
  expect(await sessionsOf(id)).toEqual([{ generation: 1, revoked_because: null }])
})

test('a logout among 32 refreshes leaves no part of its session alive', async () => {
  const urls = await startTwo()
  for (const round of [0, 1, 2, 3, 4]) {
    const { id } = await database.addUser()
    const { refresh } = await refreshAt(urls[0], djangoToken(id))
    const answers: Refreshed[] = []
    const requests = Array.from({ length: 32 }, (_, index) => async () => {
      answers.push(await refreshAt(urls[index % 2] ?? '', refresh))
    })
    requests.splice((round * 7) % 32, 0, async () => {
      expect(await logoutAt(urls[round % 2] ?? '', refresh)).toBe(200)
    })
    await Promise.all(requests.map((request) => request()))
    expect(new Set([200, 401, ...answers.map(({ status }) => status)]).size).toBe(2)
    expect(await sessionsOf(id)).toEqual([expect.objectContaining({ revoked_because: 'logout' })])
    const granted = answers.filter(({ status }) => status === 200)
    for (const [index, { access, refresh }] of granted.entries()) {
      expect(await meAt(urls[index % 2] ?? '', access)).toBe(401)
      expect((await refreshAt(urls[index % 2] ?? '', refresh)).status).toBe(401)
    }
  }
})

/** `pnpm test:long` plays 1000 sessions. */
const sessions = 100 * Number(process.env['TEST_TIMES'] ?? 1)
const rounds = 20

test(`${sessions} sessions of ${rounds} rounds with random retries at two servers: none is lost`, async () => {
  const urls = await startTwo()
  const users = await Promise.all(Array.from({ length: 4 }, () => database.addUser()))
  const pick = () => urls[Math.random() < 0.5 ? 0 : 1]
  const clients = Array.from({ length: sessions }, (_, index) => djangoToken(users[index % 4]?.id ?? 0))
  await inParallel(clients, 24, async (first) => {
    let access = ''
    let refresh = first
    for (let round = 0; round < rounds; round += 1) {
      const tries = Math.random() < 0.15 ? 2 : 1
      const presented = refresh
      const answers = await Promise.all(Array.from({ length: tries }, () => refreshAt(pick(), presented)))
      if (Math.random() < 0.1) answers.push(await refreshAt(pick(), presented))
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
      expect(new Set(answers.map((answer) => answer.refresh)).size).toBe(1)
      access = answers[0]?.access ?? ''
      refresh = answers[0]?.refresh ?? ''
    }
    expect(await meAt(pick(), access)).toBe(200)
  })
  const kept = await Promise.all(users.map(({ id }) => sessionsOf(id)))
  expect(kept.flat()).toEqual(clients.map(() => ({ generation: rounds, revoked_because: null })))
  for (const { id } of users) expect(await eventsOf(id)).toEqual(['user_added'])
})
