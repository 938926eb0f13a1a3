import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { sql } from 'kysely'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { connect } from '@pockitflyer/flyers/database'
import { findPendingMigrations, migrateToLatest } from '@pockitflyer/flyers/migrate'

const database = await createTestDatabase()
const db = connect({ url: database.url })
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const good = { DATABASE_URL: database.url, API_URL: 'http://127.0.0.1:9', PORT: '0' }

/** Runs a file of `src` with nothing but these variables. */
function run(file: string, env: Record<string, string>) {
  const path = join(import.meta.dirname, '../src', file)
  const child = spawn(process.execPath, [path], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, output }))

  async function listens(): Promise<string> {
    const url = () => /"url":"([^"]+)"/.exec(output)?.[1]
    await expect.poll(url).toBeDefined()
    return url() ?? ''
  }
  return { child, ended, listens }
}

async function get(url: string) {
  const answer = await fetch(url)
  return { status: answer.status, body: await answer.json() }
}

test('without settings the process ends with 1 and every problem at once', async () => {
  const { code, output } = await run('main.ts', { API_URL: 'nowhere', PORT: '99999' }).ended
  expect(code).toBe(1)
  expect(output.split('\n')).toEqual([
    'The settings cannot be used:',
    '  FLYERS_DATABASE_URL is missing; for example postgres://flyers:password@localhost:5432/pockitflyer',
    '  API_URL must be an http or https address',
    '  PORT must be a port from 0 to 65535',
    '',
  ])
})

test('an unescaped password in DATABASE_URL is refused with its fix', async () => {
  for (const program of ['main.ts', 'migrate.ts']) {
    const { code, output } = await run(program, { DATABASE_URL: 'postgres://ada:se/same@localhost/a' }).ended
    expect(code).toBe(1)
    expect(output).toContain('DATABASE_URL has / ? or @ in its user name, password or parameters')
    expect(output).not.toContain('se/same')
  }
})

test("production refuses the account service's role and names Kubernetes's PORT", async () => {
  const DATABASE_URL = 'postgres://accounts:secret@localhost/a'
  const production = { NODE_ENV: 'production', DATABASE_URL, PORT: 'tcp://10.0.0.1:80' }
  const without = await run('main.ts', production).ended
  expect(without.output).toContain('  FLYERS_DATABASE_URL is missing')
  const shared = await run('main.ts', { ...production, FLYERS_DATABASE_URL: 'postgres://accounts@other/b' })
    .ended
  expect(shared.output).toContain('  FLYERS_DATABASE_URL has the role of DATABASE_URL')
  expect(shared.output).toContain('  PORT is the address of a Kubernetes Service')
  expect([without.code, shared.code]).toEqual([1, 1])
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s finishes the request in flight and ends with 0',
  async (signal) => {
    const { child, ended, listens } = run('main.ts', good)
    const url = await listens()
    const answers = await db.transaction().execute(async (tx) => {
      await sql`lock table flyers.migration in access exclusive mode`.execute(tx)
      const answer = get(`${url}/readyz`)
      const waiting = sql`select 1 from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`
      await expect.poll(async () => (await waiting.execute(db)).rows).not.toEqual([])
      child.kill(signal)
      await expect.poll(() => get(`${url}/healthz`).catch(() => 'refused')).toBe('refused')
      return [answer]
    })
    expect(await Promise.all(answers)).toEqual([{ status: 200, body: { status: 'ok' } }])
    expect((await ended).code).toBe(0)
  },
)

test('a taken port ends the process with 1 and says so', async () => {
  const url = await run('main.ts', good).listens()
  const { code, output } = await run('main.ts', { ...good, PORT: new URL(url).port }).ended
  expect([code, output]).toEqual([1, expect.stringContaining('EADDRINUSE')])
})

test('without its schema the service is alive, unready, and names the command', async () => {
  const url = await run('main.ts', good).listens()
  await sql`drop schema flyers cascade`.execute(db)
  expect(await get(`${url}/healthz`)).toEqual({ status: 200, body: { status: 'ok' } })
  expect(await get(`${url}/readyz`)).toEqual({
    status: 503,
    body: {
      status: 'unavailable',
      reason: 'The database lacks migrations. Run: pnpm flyers:migrate',
      pending: ['2026-11-25-flyers'],
    },
  })
  const runs = await Promise.all([1, 2].map(() => run('migrate.ts', good).ended))
  expect(runs.map(({ code }) => code)).toEqual([0, 0])
  expect(runs.map(({ output }) => output).toSorted()).toEqual([
    'Applied: 2026-11-25-flyers\n',
    'Nothing to do.\n',
  ])
  expect(await get(`${url}/readyz`)).toEqual({ status: 200, body: { status: 'ok' } })
  expect(await findPendingMigrations(db)).toEqual([])
})

test('migrate accepts a newer database, and the service is ready', async () => {
  const own = await createTestDatabase()
  const admin = connect({ url: own.url })
  try {
    await sql`insert into flyers.migration values ('2099-01-01-newer', ${new Date().toISOString()})`.execute(
      admin,
    )
    const { code, output } = await run('migrate.ts', { ...good, DATABASE_URL: own.url }).ended
    expect([code, output]).toEqual([
      0,
      'The database is newer than this version, which does not know: 2099-01-01-newer\nNothing to do.\n',
    ])
    expect(await findPendingMigrations(admin)).toEqual([])
  } finally {
    await admin.destroy()
    await own.drop()
  }
})

test('a role that owns the schema flyers and nothing else is enough', async () => {
  const own = await createTestDatabase()
  const role = `flyers_${randomUUID()}`
  const admin = connect({ url: own.url })
  await sql`drop schema flyers cascade`.execute(admin)
  await sql`create role ${sql.id(role)} login password 'a password of the test'`.execute(admin)
  await sql`create schema flyers authorization ${sql.id(role)}`.execute(admin)
  const url = Object.assign(new URL(own.url), { username: role, password: 'a password of the test' })
  const limited = connect({ url: url.href })
  try {
    expect(await migrateToLatest(limited)).toEqual(['2026-11-25-flyers'])
    expect(await findPendingMigrations(limited)).toEqual([])
    await expect(sql`select from users`.execute(limited)).rejects.toThrow('permission denied')
  } finally {
    await limited.destroy()
    await sql`drop owned by ${sql.id(role)}`.execute(admin)
    await sql`drop role ${sql.id(role)}`.execute(admin)
    await admin.destroy()
    await own.drop()
  }
})

test('an absent database: alive, not ready, and no answer tells', async () => {
  const lost = await createTestDatabase()
  const url = await run('main.ts', { ...good, DATABASE_URL: lost.url }).listens()
  await lost.drop()
  expect(await get(`${url}/readyz`)).toEqual({
    status: 503,
    body: { status: 'unavailable', reason: 'The database cannot be reached.' },
  })
  expect((await get(`${url}/healthz`)).status).toBe(200)
})
