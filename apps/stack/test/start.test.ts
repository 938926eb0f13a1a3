import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connect, migrateToLatest } from '@pockitflyer/auth'
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
}

function start(env: Record<string, string>): { process: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, DATABASE_URL: '', SECRET_KEY: '', PORT: '18010', WEB_PORT: '13010', ...env },
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

test('production serves API and web app, keeps the key from the web app, and SIGTERM ends all of it', async () => {
  const database = await postgres.createDatabase()
  const { process: child, output } = start({ DATABASE_URL: database.url, SECRET_KEY: secret })
  try {
    await until(() => output().includes('The web app listens') || child.exitCode !== null, output())
    const login = await fetch('http://localhost:13010/api/users/login/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'test@example.com', password: 'TestPass123!' }),
    })
    expect([login.status, await login.json()]).toEqual([
      401,
      { detail: 'No active account found with the given credentials' },
    ])
    expect((await fetch('http://localhost:13010/login')).status).toBe(200)

    const web = descendantsOf(child.pid ?? 0).filter(({ command }) => /next/.test(command))
    expect(web.length).toBeGreaterThan(0)
    for (const { pid } of web)
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toMatch(/SECRET_KEY|SIGNING_KEY|DATABASE_URL/)
  } finally {
    const started = descendantsOf(child.pid ?? 0)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(started.filter(isAlive)).toEqual([])
    await database.drop()
  }
})
