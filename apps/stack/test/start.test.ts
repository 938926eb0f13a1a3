import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connect, generateKey, migrateToLatest, toPrivateJwk } from '@pockitflyer/auth'
import { connect as connectFlyers } from '@pockitflyer/flyers/database'
import { migrateToLatest as migrateFlyers } from '@pockitflyer/flyers/migrate'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { descendantsOf, isAlive, until } from './dev-process.ts'

const entry = fileURLToPath(new URL('../src/start.ts', import.meta.url))
const secret = 'a secret of the test that is long enough for HS256'

let postgres: TestServer

beforeAll(async () => {
  postgres = await startTestServer({ serverUrl: process.env['TEST_DATABASE_URL'], prepare: migrate })
})

afterAll(() => postgres.stop())

async function migrate(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  await db.destroy()
  const flyersDb = connectFlyers({ url })
  await migrateFlyers(flyersDb)
  await flyersDb.destroy()
}

function start(env: Record<string, string>): { process: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [entry], {
    env: {
      ...process.env,
      DATABASE_URL: '',
      SECRET_KEY: '',
      SIGNING_KEY: '',
      PORT: '18010',
      WEB_PORT: '13010',
      FLYERS_PORT: '18110',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  return { process: child, output: () => text }
}

test('production does not start without its settings, and names all of them', async () => {
  const { process: child, output } = start({})
  expect(await once(child, 'exit')).toEqual([1, null])
  expect(output()).toContain('DATABASE_URL is missing')
  expect(output()).toContain('SECRET_KEY is missing')
})

/** Runs `act` while the stack runs, ends it with SIGTERM, and sees that nothing of it is left. */
async function whileRunning(
  env: Record<string, string>,
  act: (stack: { pid: number; output: string }) => Promise<void>,
): Promise<void> {
  const database = await postgres.createDatabase()
  const { process: child, output } = start({ DATABASE_URL: database.url, ...env })
  try {
    await until(() => output().includes('The web app listens') || child.exitCode !== null, output())
    await act({ pid: child.pid ?? 0, output: output() })
  } finally {
    const started = descendantsOf(child.pid ?? 0)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(started.filter(isAlive)).toEqual([])
    await database.drop()
  }
}

const web = 'http://localhost:13010'

test('production serves API, flyers and web app, keeps the keys from the last two, and SIGTERM ends all of it', async () => {
  const keys = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))), SECRET_KEY: secret }
  await whileRunning(keys, async ({ pid }) => {
    const login = await fetch(`${web}/api/users/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'test@example.com', password: 'TestPass123!' }),
    })
    expect([login.status, await login.json()]).toEqual([
      401,
      { detail: 'No active account found with the given credentials' },
    ])
    expect((await fetch(`${web}/login`)).status).toBe(200)
    expect(await (await fetch(`${web}/api/flyers/mine`)).json()).toMatchObject({ code: 'not_authenticated' })

    const environmentOf = (of: number) => readFileSync(`/proc/${of}/environ`, 'utf8')
    const processes = descendantsOf(pid).map((info) => ({
      ...info,
      cwd: readlinkSync(`/proc/${info.pid}/cwd`),
    }))
    const webApp = processes.filter(({ cwd }) => cwd.endsWith('apps/web'))
    const flyers = processes.filter(({ cwd }) => cwd.endsWith('apps/flyers'))
    expect([webApp.length > 0, flyers.length]).toEqual([true, 1])
    for (const { pid } of [...webApp, ...flyers])
      expect(environmentOf(pid)).not.toMatch(/SECRET_KEY|SIGNING_KEY/)
    for (const { pid } of webApp) expect(environmentOf(pid)).not.toMatch(/DATABASE_URL/)
  })
})

test('under HS256, where no sibling can verify a token, flyers are left out, and it says so', async () => {
  await whileRunning({ SECRET_KEY: secret }, async ({ output }) => {
    expect(output).toContain('The flyers service is left out')
    await expect(fetch('http://localhost:18110/healthz')).rejects.toThrow('fetch failed')
    expect((await fetch(`${web}/flyers`)).status).toBe(404)
    expect((await fetch(`${web}/login`)).status).toBe(200)
  })
})
