import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connect } from '@pockitflyer/auth'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { connect as connectFlyers } from '@pockitflyer/flyers/database'
import { migrateToLatest as migrateFlyers } from '@pockitflyer/flyers/migrate'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { findFreePort } from '@pockitflyer/server/testing'
import { CompiledQuery } from 'kysely'
import { expect } from 'vitest'
import { descendantsOf, isAlive, until } from '../dev-process.ts'

const entry = fileURLToPath(new URL('../../src/start.ts', import.meta.url))

/** A key for tokens that only the API can verify. */
export const secret = 'a secret of the test that is long enough for HS256'

/** Starts PostgreSQL with the tables of the account service and of the flyers service. */
export const startMigratedServer = (): Promise<TestServer> =>
  startTestServer({ serverUrl: process.env['TEST_DATABASE_URL'], prepare: migrate })

async function migrate(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
  const flyersDb = connectFlyers({ url })
  await migrateFlyers(flyersDb)
  await flyersDb.destroy()
}

/** `start` as a process, on free ports. */
export interface Stack {
  process: ChildProcess
  pid: number
  output: () => string
  /** The origins of the programs. */
  urls: { api: string; web: string; flyers: string }
}

/** Starts `start` with its ports and these settings: no database or key of this environment. */
export async function spawnStack(env: Record<string, string>): Promise<Stack> {
  const [api, web, flyers, worker] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      SECRET_KEY: '',
      SIGNING_KEY: '',
      PORT: String(api),
      WEB_PORT: String(web),
      FLYERS_PORT: String(flyers),
      WORKER_PORT: String(worker),
      FLYERS_DATABASE_URL: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const urls = {
    api: `http://localhost:${api}`,
    web: `http://localhost:${web}`,
    flyers: `http://localhost:${flyers}`,
  }
  return { process: child, pid: child.pid ?? 0, output: () => text, urls }
}

/**
 * Waits for the last line of a start: the web app writes a line like it before its first check has
 * passed.
 */
export async function untilReady({ process: child, output }: Stack): Promise<void> {
  await until(() => output().includes(', the API at ') || child.exitCode !== null, output())
}

/** Runs `act` while the stack runs, ends it with SIGTERM, and sees that nothing of it is left. */
export async function whileRunning(
  postgres: TestServer,
  env: Record<string, string>,
  act: (stack: Stack) => Promise<void>,
): Promise<void> {
  const database = await postgres.createDatabase()
  const flyersUrl = env['SIGNING_KEY'] === undefined ? '' : await createFlyersRole(database.url)
  const stack = await spawnStack({ DATABASE_URL: database.url, FLYERS_DATABASE_URL: flyersUrl, ...env })
  const ended = once(stack.process, 'exit')
  try {
    await untilReady(stack)
    await act(stack)
  } finally {
    const started = descendantsOf(stack.pid)
    stack.process.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(started.filter(isAlive)).toEqual([])
    await database.drop()
  }
}

/**
 * A role that may do what the flyers service needs and nothing else. Answers its address of the
 * database.
 */
async function createFlyersRole(databaseUrl: string): Promise<string> {
  const db = connect({ url: databaseUrl })
  const run = (statement: string) => db.executeQuery(CompiledQuery.raw(statement))
  await run(`do $$ begin create role flyers_of_start_test login password 'flyers';
    exception when duplicate_object or unique_violation then null; end $$`)
  await run('grant usage on schema flyers to flyers_of_start_test')
  await run('grant select, insert on all tables in schema flyers to flyers_of_start_test')
  await db.destroy()
  const url = new URL(databaseUrl)
  url.username = 'flyers_of_start_test'
  url.password = 'flyers'
  return url.href
}
