import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, createAdmin, migrateToLatest, adminSettings } from '@pockitflyer/auth/admin'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { until } from '../dev-process.ts'

const apiEntry = fileURLToPath(new URL('../../../../../apps/api/src/main.ts', import.meta.url))
const cliEntry = fileURLToPath(new URL('../../../../../apps/cli/src/main.ts', import.meta.url))
const ports = ['18020', '18021']
const credentials = { email: 'ada@example.com', password: 'a good password' }

type Settings = Record<string, string>

let postgres: TestServer

beforeAll(async () => {
  postgres = await startTestServer({ serverUrl: process.env['TEST_DATABASE_URL'], prepare })
})

afterAll(() => postgres.stop())

async function prepare(url: string): Promise<void> {
  const db = connect({ url })
  await migrateToLatest(db)
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  await addUser(admin, { client: { ip: null, userAgent: null } }, { ...credentials, is_active: true })
  await db.destroy()
}

/** Two servers of one service, restarted one after the other when their settings change. */
function createServers(databaseUrl: string) {
  const running = new Map<string, ChildProcess>()
  onTestFinished(() => running.forEach((child) => child.kill('SIGKILL')))

  async function stop(port: string): Promise<void> {
    const child = running.get(port)
    if (child === undefined) return
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }

  async function start(port: string, settings: Settings): Promise<void> {
    const env = { ...settings, DATABASE_URL: databaseUrl, PORT: port, API_DOCS: 'false', RATE_LIMITS: 'off' }
    const child = spawn(process.execPath, [apiEntry], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    running.set(port, child)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    await until(() => output.includes('the API listens') || child.exitCode !== null, output)
  }

  return {
    async deploy(settings: Settings): Promise<void> {
      for (const port of ports) {
        await stop(port)
        await start(port, settings)
      }
    },
    stop: () => Promise.all(ports.map(stop)),
  }
}

/**
 * Sends a request to one of the servers, and to the other when that one is being restarted, as a
 * balancer does.
 */
async function send(path: string, init: RequestInit): Promise<Response> {
  const [first = '', second = ''] = Math.random() < 0.5 ? ports : ports.toReversed()
  const to = (port: string) => fetch(`http://127.0.0.1:${port}/api/users/${path}/`, init)
  return to(first).catch(() => to(second))
}

const json = { 'Content-Type': 'application/json' }
const pair = z.object({ access: z.string(), refresh: z.string() })

async function post(path: string, body: object): Promise<z.output<typeof pair>> {
  const answer = await send(path, { method: 'POST', headers: json, body: JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return pair.parse(JSON.parse(text))
}

/** Returns the status of a call with an access token. */
async function callMe(access: string): Promise<number> {
  const answer = await send('me', { headers: { Authorization: `Bearer ${access}` } })
  await answer.arrayBuffer()
  return answer.status
}

/** A client that is logged in once and goes on for ever. Any refusal is an error. */
async function useService({ signal }: AbortController, count: () => void): Promise<string> {
  let tokens = await post('login', credentials)
  while (!signal.aborted) {
    tokens = await post('token/refresh', { refresh: tokens.refresh })
    const status = await callMe(tokens.access)
    if (status !== 200) throw new Error(`me: ${status}`)
    count()
    // Else the clients would use what the starting servers need.
    await pause(10)
  }
  return tokens.refresh
}

const plan = z.object({
  steps: z.array(z.object({ set: z.record(z.string(), z.string()), unset: z.array(z.string()) })),
})

/** What `pnpm auth keys rotate` says, step by step. */
function planRotation(settings: Settings, alg: string): Settings[] {
  const output = execFileSync(process.execPath, [cliEntry, 'keys', 'rotate', '--json', '--alg', alg], {
    env: settings,
    encoding: 'utf8',
  })
  let current = settings
  return plan.parse(JSON.parse(output)).steps.map(({ set, unset }) => {
    const kept = Object.entries(current).filter(([name]) => !unset.includes(name))
    current = { ...Object.fromEntries(kept), ...set }
    return current
  })
}

test('HS256 to EdDSA to ES256 under load logs no user out', async ({ annotate }) => {
  const database = await postgres.createDatabase()
  const servers = createServers(database.url)
  let settings: Settings = { SECRET_KEY: 'a secret of the test that is long enough for HS256' }
  await servers.deploy(settings)

  const stop = new AbortController()
  let rounds = 0
  const clients = Promise.all(Array.from({ length: 8 }, () => useService(stop, () => (rounds += 1))))
  const roundsMore = async (more: number) => {
    const target = rounds + more
    await Promise.race([clients, until(() => rounds >= target, 'the clients have stopped')])
  }
  let deployments = 0
  for (const alg of ['EdDSA', 'ES256']) {
    const old = await post('login', credentials)
    for (const step of planRotation(settings, alg)) {
      await roundsMore(40)
      expect(await callMe(old.access), 'before the last step').toBe(200)
      await servers.deploy(step)
      settings = step
      deployments += 1
    }
    expect(await callMe(old.access), 'after the last step').toBe(401)
  }
  await roundsMore(40)
  stop.abort()
  const headers = (await clients).map((token) =>
    Buffer.from(token.split('.')[0] ?? '', 'base64url').toString(),
  )
  for (const header of headers) expect(JSON.parse(header)).toMatchObject({ alg: 'ES256' })
  expect(Object.keys(settings)).toEqual(['SIGNING_KEY'])
  await annotate(
    `${deployments} deployments on two servers, ${rounds} refreshes each with a me, none refused`,
  )
  await servers.stop()
  await database.drop()
})
