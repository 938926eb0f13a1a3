import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { followEvents } from '../../src/commands/events/read-events.ts'
import { readTime } from '../../src/read-time.ts'
import { bareEnvironment, mainFile } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
  await service.addUser('ada@example.com')
  await service.addUser('eve@example.com')
  await service.canLogIn('ada@example.com', 'a good password')
  await service.canLogIn('ada@example.com', 'a wrong password')
})
afterAll(() => service.close())

async function kinds(...args: string[]): Promise<unknown[]> {
  const { code, stdout, stderr } = await service.run(['events', '--json', ...args])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
}

test('events are shown the oldest first, without a password or a token', async () => {
  const { code, stdout } = await service.run(['events'])
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^AT +KIND +USER +IP +SESSION +DETAIL +USER AGENT\n\d{4}-\d\d-\d\dT[\d:]+Z +user_added/,
  )
  expect(stdout).not.toContain('password')
  expect(await kinds()).toMatchObject(
    ['user_added', 'user_added', 'login', 'login_failed'].map((kind) => ({ kind })),
  )
})

test('events are chosen by user, kind and time', async () => {
  expect(await kinds('--user', 'EVE@example.com')).toMatchObject([{ email: 'eve@example.com' }])
  expect(await kinds('--kind', 'login', 'login_failed')).toMatchObject([
    { kind: 'login' },
    { kind: 'login_failed' },
  ])
  expect(await kinds('--since', '1h')).toHaveLength(4)
  expect(await kinds('--since', '2999-01-01')).toEqual([])
})

test('a time that is none and an unknown user are refused', async () => {
  expect(await service.run(['events', '--since', 'yesterday'])).toMatchObject({ code: 2, stdout: '' })
  expect(await service.run(['events', '--user', 'nobody@example.com'])).toMatchObject({ code: 1, stdout: '' })
})

test('--since reads ISO 8601 in UTC and spans', () => {
  const now = new Date('2026-01-31T12:00:00Z')
  const read = (text: string) => readTime(text, now).toISOString()
  expect(read('2026-01-31')).toBe('2026-01-31T00:00:00.000Z')
  expect(read('2026-01-31T10:00')).toBe('2026-01-31T10:00:00.000Z')
  expect(read('2026-01-31T10:00:00+02:00')).toBe('2026-01-31T08:00:00.000Z')
  expect(read('24h')).toBe('2026-01-30T12:00:00.000Z')
  for (const text of ['', '24', '2026-13-01', 'now']) expect(() => readTime(text, now)).toThrow('--since')
})

test('--follow goes on with what happens, until Ctrl-C', async () => {
  const child = spawn(process.execPath, [mainFile, 'events', '--json', '--follow', '--kind', 'login'], {
    cwd: '/',
    env: bareEnvironment(service.env),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  expect((await lines.next()).value).toContain('"kind":"login"')
  await service.canLogIn('ada@example.com', 'a good password')
  expect((await lines.next()).value).toContain('"kind":"login"')
  child.kill('SIGINT')
  await exit
})

test('following shows late commits, and every event once', async () => {
  const append = (db: Service['db'], userAgent: string) =>
    db.insertInto('auth_events').values({ kind: 'logout', user_id: 1, user_agent: userAgent }).execute()
  const pages = followEvents(service.auth, { userId: undefined, kinds: ['logout'], since: undefined })
  const next = async () => {
    for (;;) {
      const page = await pages.next()
      if (page.done) throw new Error('it ended')
      if (page.value.length > 0) return page.value.map(({ userAgent }) => userAgent)
    }
  }
  await service.db.transaction().execute(async (late) => {
    await append(late, 'late')
    await append(service.db, 'early')
    expect(await next()).toEqual(['early'])
  })
  expect(await next()).toEqual(['late'])
  await append(service.db, 'last')
  expect(await next()).toEqual(['last'])
  await pages.return(undefined)
})

/** Inserts logouts that were recorded so many days ago. */
async function insertOld(count: number, daysAgo: number) {
  const at = new Date(Date.now() - daysAgo * 86_400_000)
  const logouts = Array.from({ length: count }, () => ({ kind: 'logout' as const, user_id: 1, at }))
  await service.db.insertInto('auth_events').values(logouts).execute()
}

test('prune deletes old events in batches, and no others', async () => {
  const before = await kinds()
  await insertOld(2500, 366)
  await insertOld(2, 31)
  const { code, stdout } = await service.run(['events', 'prune', '--json'])
  expect([code, JSON.parse(stdout)]).toEqual([0, { deleted: 2500 }])
  expect(await kinds()).toHaveLength(before.length + 2)
  const again = await service.run(['events', 'prune', '--older-than-days', '30'])
  expect(again).toEqual({ code: 0, stdout: 'Deleted 2 events.\n', stderr: '' })
  expect(await kinds()).toEqual(before)
})

test('prune finds an old event inserted after a thousand young ones', async () => {
  await insertOld(1000, 1)
  await insertOld(1, 366)
  expect(await service.run(['events', 'prune'])).toMatchObject({ stdout: 'Deleted 1 events.\n' })
})

test.each(['0', '-1', 'x', '1.5', '99999'])('prune refuses %s days and deletes nothing', async (days) => {
  const { code, stderr } = await service.run(['events', 'prune', `--older-than-days=${days}`])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--older-than-days must be')])
})
