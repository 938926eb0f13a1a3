import { once } from 'node:events'
import { connect as connectSocket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { ApiProcess } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'
import { djangoToken, meAt, type Refreshed, refreshAt, startProcess } from '../processes.ts'

const database = await openDatabase()
const { db } = database
const strict = { BLACKLIST_AFTER_ROTATION: 'true' }
const start = () => startProcess(database.url, strict)

async function sessionsOf(userId: number) {
  return db
    .selectFrom('sessions')
    .select(['generation', 'revoked_because'])
    .where('user_id', '=', userId)
    .execute()
}

/** A user with one session, and its newest token, of generation 1. */
async function logIn({ url }: ApiProcess): Promise<{ id: number; refresh: string }> {
  const { id } = await database.addUser()
  const { status, refresh } = await refreshAt(url, djangoToken(id))
  expect(status).toBe(200)
  return { id, refresh }
}

/**
 * Runs `act` while the user's session is locked, with a refresh that waits for it inside its
 * statement.
 */
async function whileRefreshWaits<Result>(
  { url }: ApiProcess,
  { id, refresh }: { id: number; refresh: string },
  act: () => Promise<Result>,
): Promise<{ acted: Result; answer: Promise<Refreshed | 'no answer'> }> {
  return db.transaction().execute(async (tx) => {
    await tx.selectFrom('sessions').select('id').where('user_id', '=', id).forUpdate().execute()
    const answer = refreshAt(url, refresh).catch(() => 'no answer' as const)
    await database.waitForLockWait()
    return { acted: await act(), answer }
  })
}

/** The client's retry with the token that it still has is granted, and what it got goes on. */
async function expectToGoOn(
  { url }: ApiProcess,
  { id, refresh }: { id: number; refresh: string },
): Promise<void> {
  const retry = await refreshAt(url, refresh)
  expect(retry.status).toBe(200)
  expect(await meAt(url, retry.access)).toBe(200)
  expect((await refreshAt(url, retry.refresh)).status).toBe(200)
  expect(await sessionsOf(id)).toEqual([{ generation: 3, revoked_because: null }])
}

test('a server killed during a refresh: the retry elsewhere is granted', async () => {
  const first = await start()
  const client = await logIn(first)
  const { answer } = await whileRefreshWaits(first, client, () => first.kill())
  expect(await answer).toBe('no answer')
  await expectToGoOn(await start(), client)
})

test('a server killed during an adoption: the retry is granted', async () => {
  const [first, second] = await Promise.all([start(), start()])
  const { id } = await database.addUser()
  const token = djangoToken(id)
  const answers = await database.whileUserIsLocked(id, async () => {
    const answer = refreshAt(first.url, token).catch(() => 'no answer')
    await database.waitForLockWait()
    await first.kill()
    return [answer]
  })
  expect(await Promise.all(answers)).toEqual(['no answer'])
  const { status, refresh } = await refreshAt(second.url, token)
  expect(status).toBe(200)
  expect(await sessionsOf(id)).toEqual([{ generation: 1, revoked_because: null }])
  await expectToGoOn(second, { id, refresh })
})

test("a retry is granted while the killed server's statement still waits", async () => {
  const [first, second] = await Promise.all([start(), start()])
  const client = await logIn(first)
  const { acted } = await whileRefreshWaits(first, client, async () => {
    await first.kill()
    return [refreshAt(second.url, client.refresh)]
  })
  const [early] = await Promise.all(acted)
  expect(early?.status).toBe(200)
  await expectToGoOn(second, client)
})

test('a server killed between rotation and answer: the retry is granted', async () => {
  const [first, second] = await Promise.all([start(), start()])
  const client = await logIn(first)
  const body = JSON.stringify({ refresh: client.refresh })
  const { hostname, port } = new URL(first.url)
  const socket = connectSocket(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(
    `POST /api/users/token/refresh/ HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await expect
    .poll(() => sessionsOf(client.id), { interval: 1 })
    .toEqual([{ generation: 2, revoked_because: null }])
  await first.kill()
  await expectToGoOn(second, client)
})

test("PostgreSQL's connection cut during a statement: the retry is granted", async () => {
  const server = await start()
  const client = await logIn(server)
  const { answer } = await whileRefreshWaits(server, client, async () => {
    await cutWaitingConnections()
    await expect.poll(countWaitingConnections).toBe(0)
  })
  expect(await answer).toMatchObject({ status: 503 })
  expect(await sessionsOf(client.id)).toEqual([{ generation: 1, revoked_because: null }])
  await expectToGoOn(server, client)
})

test('idle connections cut: the server opens new ones and grants a retry', async () => {
  const server = await start()
  const client = await logIn(server)
  await cutAllConnections()
  await expect.poll(async () => (await refreshAt(server.url, client.refresh)).status).toBe(200)
  await expectToGoOn(server, client)
})

/** `pnpm test:long` kills 50 times. */
const kills = 5 * Number(process.env['TEST_TIMES'] ?? 1)

test(`${kills} random kills log out none of 4 refreshing clients`, async () => {
  let server = await start()
  const clients = await Promise.all([1, 2, 3, 4].map(() => logIn(server)))
  const statuses = new Set<number>()
  let kill = 0
  let refreshes = 0
  const isOver = () => kill === kills

  /**
   * Refreshes until the kills are over; when no answer comes, again with the same token at the
   * server that is next.
   */
  async function refreshOn(first: string): Promise<string> {
    let token = first
    while (!isOver()) {
      const answer = await refreshAt(server.url, token).catch(() => undefined)
      if (answer === undefined) await setImmediate()
      else {
        refreshes += 1
        statuses.add(answer.status)
        if (answer.status === 200) token = answer.refresh
      }
    }
    return token
  }

  async function killOn(): Promise<void> {
    for (; !isOver(); kill += 1) {
      const next = await start()
      const moment = refreshes + 1 + Math.floor(Math.random() * 8)
      await expect.poll(() => refreshes, { interval: 1 }).toBeGreaterThanOrEqual(moment)
      for (let turns = Math.floor(Math.random() * 50); turns > 0; turns -= 1) await setImmediate()
      await server.kill()
      server = next
    }
  }

  const [tokens] = await Promise.all([
    Promise.all(clients.map(({ refresh }) => refreshOn(refresh))),
    killOn(),
  ])
  expect([...statuses]).toEqual([200])
  for (const token of tokens) expect((await refreshAt(server.url, token)).status).toBe(200)
  for (const { id } of clients) {
    expect(await sessionsOf(id)).toEqual([expect.objectContaining({ revoked_because: null })])
  }
})

const connections = db
  .$extendTables<{
    pg_stat_activity: { datname: string; application_name: string; wait_event_type: string; pid: number }
  }>()
  .selectFrom('pg_stat_activity')
  .where('datname', '=', new URL(database.url).pathname.slice(1))
  .where('application_name', '=', 'pockitflyer-auth')

const waiting = connections.where('wait_event_type', '=', 'Lock')

async function countWaitingConnections(): Promise<number> {
  return (await waiting.select('pid').execute()).length
}

async function cutWaitingConnections(): Promise<void> {
  const cut = await waiting
    .select(({ fn }) => fn<boolean>('pg_terminate_backend', ['pid']).as('isCut'))
    .execute()
  expect(cut).toEqual([{ isCut: true }])
}

async function cutAllConnections(): Promise<void> {
  await connections.select(({ fn }) => fn<boolean>('pg_terminate_backend', ['pid']).as('isCut')).execute()
}
