import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { connect } from '@pockitflyer/auth'
import { generateKey, migrateToLatest, toPrivateJwk } from '@pockitflyer/auth/admin'
import { connect as connectFlyers } from '@pockitflyer/flyers/database'
import { migrateToLatest as migrateFlyers } from '@pockitflyer/flyers/migrate'
import { CompiledQuery } from 'kysely'
import { startTestServer, type TestServer } from '@pockitflyer/postgres/testing'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
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

/**
 * The last line of a start: the web app writes a line like it before its first check has passed.
 */
const isReady = (output: string) => output.includes(', the API at ')

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
      WORKER_PORT: '18210',
      FLYERS_DATABASE_URL: '',
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

interface Stack {
  pid: number
  output: () => string
}

/** Runs `act` while the stack runs, ends it with SIGTERM, and sees that nothing of it is left. */
async function whileRunning(
  env: Record<string, string>,
  act: (stack: Stack) => Promise<void>,
): Promise<void> {
  const database = await postgres.createDatabase()
  const flyersUrl = env['SIGNING_KEY'] === undefined ? '' : await createFlyersRole(database.url)
  const { process: child, output } = start({
    DATABASE_URL: database.url,
    FLYERS_DATABASE_URL: flyersUrl,
    ...env,
  })
  const ended = once(child, 'exit')
  try {
    await until(() => isReady(output()) || child.exitCode !== null, output())
    await act({ pid: child.pid ?? 0, output })
  } finally {
    const started = descendantsOf(child.pid ?? 0)
    child.kill('SIGTERM')
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

const web = 'http://localhost:13010'

test('production serves everything, keeps its keys, and stops on SIGTERM', async () => {
  const keys = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))), SECRET_KEY: secret }
  const mails = {
    SMTP_URL: 'smtp://127.0.0.1:9?insecure',
    MAIL_FROM: 'accounts@example.com',
    PUBLIC_URL: web,
  }
  await whileRunning({ ...keys, ...mails }, async ({ pid }) => {
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
    const worker = processes.filter(({ cwd }) => cwd.endsWith('apps/worker'))
    expect([webApp.length > 0, flyers.length, worker.length]).toEqual([true, 1, 1])
    for (const { pid } of worker) expect(environmentOf(pid)).toMatch(/\0MAIL_KEY=[\w-]{43}\0/)
    for (const { pid } of [...webApp, ...flyers, ...worker])
      expect(environmentOf(pid)).not.toMatch(/SECRET_KEY|SIGNING_KEY/)
    for (const { pid } of [...webApp, ...flyers]) expect(environmentOf(pid)).not.toMatch(/MAIL_KEY|SMTP_URL/)
    for (const { pid } of webApp) expect(environmentOf(pid)).not.toMatch(/DATABASE_URL/)
    for (const { pid } of flyers) expect(environmentOf(pid)).not.toMatch(/\0DATABASE_URL=/)
  })
})

test('a start under HS256 leaves flyers out, and asks for TLS', async () => {
  await whileRunning({ SECRET_KEY: secret }, async ({ output }) => {
    expect(output()).toContain('The flyers service is left out')
    expect(output()).toContain('a browser keeps a login at an https address')
    await expect(fetch('http://localhost:18110/healthz')).rejects.toThrow('fetch failed')
    expect((await fetch(`${web}/flyers`)).status).toBe(404)
    expect((await fetch(`${web}/login`)).status).toBe(200)
  })
})

const api = 'http://localhost:18010'

/** The process of the stack that runs in the folder of this app. */
function findProgram(pid: number, app: string): number | undefined {
  const isThere = (of: number) => {
    try {
      return readlinkSync(`/proc/${of}/cwd`).endsWith(`apps/${app}`)
    } catch {
      return false
    }
  }
  return descendantsOf(pid).find((info) => info.parent === pid && isThere(info.pid))?.pid
}

async function isUp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url)
    await response.arrayBuffer() // An answer left unread would hold up the server's stop.
    return response.ok
  } catch {
    return false
  }
}

test('a program ended by a signal restarts, and others go on', async () => {
  await whileRunning({ SECRET_KEY: secret }, async ({ pid, output }) => {
    const webPid = findProgram(pid, 'web')
    for (const [signal, pause] of [
      ['SIGKILL', '0.5'],
      ['SIGTERM', '1'],
      ['SIGSEGV', '2'],
    ] as const) {
      process.kill(findProgram(pid, 'api') ?? Number.NaN, signal)
      await until(() => output().includes(`It is started again in ${pause} s.`), output())
      await until(() => isUp(`${api}/readyz`), output())
      expect(findProgram(pid, 'web')).toBe(webPid)
      expect(await isUp(`${web}/login`)).toBe(true)
    }
    process.kill(webPid ?? Number.NaN, 'SIGKILL')
    await until(() => output().includes('web ended (SIGKILL). It is started again in 0.5 s.'), output())
    await until(() => isUp(`${web}/login`), output())
  })
})

test('SIGKILL of `start` leaves nothing of it', async () => {
  const database = await postgres.createDatabase()
  const { process: child, output } = start({ DATABASE_URL: database.url, SECRET_KEY: secret })
  await until(() => isReady(output()) || child.exitCode !== null, output())
  const started = descendantsOf(child.pid ?? 0)
  expect(started.length).toBeGreaterThan(2)
  child.kill('SIGKILL')
  await until(() => !started.some(isAlive), 'something is left')
  await database.drop()
})

test('a program that ends repeatedly is given up, ending the others', async () => {
  const database = await postgres.createDatabase()
  const { process: child, output } = start({ DATABASE_URL: database.url, SECRET_KEY: secret })
  const ended = once(child, 'exit')
  await until(() => isReady(output()) || child.exitCode !== null, output())
  const pid = child.pid ?? 0
  await until(() => {
    const victim = findProgram(pid, 'api')
    if (victim !== undefined) process.kill(victim, 'SIGKILL')
    return child.exitCode !== null
  }, output())
  expect(await ended).toEqual([1, null])
  expect(output()).toContain('api ended (SIGKILL), 5 times within a minute: it is not started again.')
  expect(descendantsOf(pid).filter(isAlive)).toEqual([])
  await database.drop()
})

test.each(['PORT', 'WEB_PORT', 'FLYERS_PORT'])(
  'a variable of Kubernetes in %s is named, with the fix',
  async (name) => {
    const { process: child, output } = start({ [name]: 'tcp://10.0.0.1:8000' })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output()).toContain(`${name} is the address of a Kubernetes Service`)
    expect(output()).toContain('enableServiceLinks: false')
  },
)

test('a taken port is named with its setting before anything starts', async () => {
  const stranger = createServer().listen(13010, '127.0.0.1')
  onTestFinished(() => void stranger.close())
  await once(stranger, 'listening')
  const { process: child, output } = start({ DATABASE_URL: 'postgres://a@127.0.0.1:9/b', SECRET_KEY: secret })
  expect(await once(child, 'close')).toEqual([1, null])
  expect(output()).toMatch(/^another program has WEB_PORT=13010 at 127\.0\.0\.1 .*, or set WEB_PORT\.\n$/)
})

test('the flyers service gets no role of the account service', async () => {
  const keys = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))) }
  const DATABASE_URL = 'postgres://accounts:secret@db.example/pockitflyer'
  for (const FLYERS_DATABASE_URL of [
    DATABASE_URL,
    'postgres://accounts@db.example:5432/flyers',
    'postgresql://db.example/flyers?user=accounts',
    'postgres://%61ccounts:other@db.example/pockitflyer',
  ]) {
    const { process: child, output } = start({ ...keys, DATABASE_URL, FLYERS_DATABASE_URL })
    expect(await once(child, 'close')).toEqual([1, null])
    expect(output()).toContain('FLYERS_DATABASE_URL has the role of DATABASE_URL')
    expect(output()).not.toContain('secret')
  }
})
