import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { renderOpenApiDocument, createOpenApiDocument } from '@pockitflyer/auth/openapi'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startTestApi, testSecretKey } from '../../src/testing.ts'
import { openDatabase, password } from '../database.ts'

const database = await openDatabase()

const good = { SECRET_KEY: testSecretKey, DATABASE_URL: database.url, PORT: '0' }

const build = join(import.meta.dirname, '../../dist')

/** Runs the built API with nothing but these variables. */
function runMain(env: Record<string, string>) {
  const child = spawn(process.execPath, [join(build, 'main.js')], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  child.stdout.on('data', (data) => (output.stdout += String(data)))
  child.stderr.on('data', (data) => (output.stderr += String(data)))
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...output }))

  async function listens(): Promise<string> {
    const url = () => /"url":"([^"]+)"/.exec(output.stdout)?.[1]
    await expect.poll(url).toBeDefined()
    return url() ?? ''
  }
  return { child, ended, listens }
}

test('without settings the process ends with 1 and every problem at once', async () => {
  const { code, stdout, stderr } = await runMain({ PORT: '99999', LOG_LEVEL: 'loud', HOST: '' }).ended
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr.split('\n')).toEqual([
    'The settings cannot be used:',
    '  SECRET_KEY is missing; make one with: openssl rand -base64 48',
    '  DATABASE_URL is missing; for example postgres://user:password@localhost:5432/pockitflyer',
    '  PORT must be a port from 0 to 65535',
    '  LOG_LEVEL must be fatal, error, warn, info, debug or silent',
    '',
  ])
})

test('a wrong database, an empty pool and a bad range are reported', async () => {
  const { code, stderr } = await runMain({
    ...good,
    DATABASE_URL: 'mysql://x',
    REDIS_URL: 'redis://:ses#ame@localhost',
    DATABASE_POOL_SIZE: '0',
    TRUSTED_PROXIES: '10.0.0.0/99',
  }).ended
  expect(code).toBe(1)
  expect(stderr).toContain('DATABASE_URL must begin with postgres:// or postgresql://')
  expect(stderr).toContain('REDIS_URL has a # in it; write # as %23')
  expect(stderr).not.toContain('ses#ame')
  expect(stderr).toContain('DATABASE_POOL_SIZE must be a whole number from 1 to 9999')
  expect(stderr).toContain('TRUSTED_PROXIES must be addresses, ranges such as 10.0.0.0/8')
  expect(stderr).not.toContain(testSecretKey)
})

test('a taken port ends the process with 1 and one clear line', async () => {
  const api = await startTestApi(database.url)
  onTestFinished(() => api.stop())
  const { code, stderr } = await runMain({ ...good, PORT: new URL(api.url).port }).ended
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^The API cannot start: another program has PORT=\d+ at 127\.0\.0\.1 .*, or set PORT\.\n$/,
  )
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the process with 0, and again does no harm',
  async (signal) => {
    const { child, ended, listens } = runMain(good)
    const url = await listens()
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    child.kill(signal)
    child.kill(signal)
    const { code, stderr } = await ended
    expect([code, stderr]).toEqual([0, ''])
  },
)

test('SIGTERM lets the request in flight finish', async () => {
  const { id, email } = await database.addUser()
  const { child, ended, listens } = runMain(good)
  const url = await listens()
  const answers = await database.whileUserIsLocked(id, async () => {
    const answer = fetch(`${url}/api/users/login/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email, password }),
    })
    await database.waitForLockWait()
    child.kill('SIGTERM')
    await expect
      .poll(() =>
        fetch(`${url}/healthz`).then(
          () => 'answered',
          () => 'refused',
        ),
      )
      .toBe('refused')
    return [answer]
  })
  const [answer] = await Promise.all(answers)
  expect(answer?.status).toBe(200)
  expect((await ended).code).toBe(0)
})

test('the log names a failure by its request id, without a password', async () => {
  const { child, ended, listens } = runMain(good)
  const url = await listens()
  await database.db.schema.alterTable('users').renameTo('users_away').execute()
  const answer = await fetch(`${url}/api/users/login/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'a@example.com', password }),
  })
  await database.db.schema.alterTable('users_away').renameTo('users').execute()
  const { request_id: requestId } = z.object({ request_id: z.string() }).parse(await answer.json())
  child.kill('SIGTERM')
  const { stdout } = await ended
  const lines = stdout.split('\n').filter((line) => line.includes(requestId))
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: 50, path: '/api/users/login/', err: { message: 'relation "users" does not exist' } },
    { level: 30, route: '/api/users/login', status: 500 },
  ])
  for (const secret of [password, testSecretKey, '$argon2']) expect(stdout).not.toContain(secret)
})

const lenient = /a refresh token that was replaced is accepted again.*BLACKLIST_AFTER_ROTATION=true/

test.each([
  [{ NODE_ENV: 'production' }, 1],
  [{ NODE_ENV: 'production', BLACKLIST_AFTER_ROTATION: 'true' }, 0],
  [{ NODE_ENV: 'production', ROTATE_REFRESH_TOKENS: 'false' }, 0],
  [{ NODE_ENV: 'development' }, 0],
])('with %o the start recommends strict rotation %i times', async (env, times) => {
  const { child, ended, listens } = runMain({ ...good, ...env })
  await listens()
  child.kill('SIGTERM')
  const { stdout } = await ended
  expect(stdout.split('\n').filter((line) => lenient.test(line))).toHaveLength(times)
})

test.skipIf(process.platform !== 'linux')('hashing threads give way to the thread that answers', async () => {
  const { child, listens } = runMain(good)
  await listens()
  const tasks = `/proc/${child.pid}/task`
  const readNiceness = async (thread: string) => {
    const stat = await readFile(`${tasks}/${thread}/stat`, 'utf8')
    const [, name = '', fields = ''] = /\((.*)\) (.*)/s.exec(stat) ?? []
    return [name, Number(fields.split(' ')[16])] as const
  }
  const niceness = await Promise.all((await readdir(tasks)).map(readNiceness))
  const hashing = niceness.filter(([name]) => name === 'libuv-worker')
  expect(hashing.map(([, nice]) => nice)).toEqual([10, 10, 10, 10])
  const [, answering] = await readNiceness(String(child.pid))
  expect(niceness.filter(([, nice]) => nice !== answering)).toEqual(hashing)
})

test('an unread log stops neither the answers nor a stop', async () => {
  const { child, ended, listens } = runMain({ ...good, DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  const url = await listens()
  child.stdout.destroy()
  const login = () =>
    fetch(`${url}/api/users/login/`, {
      method: 'POST',
      body: 'email=a@example.com&password=b',
      headers: form,
    })
  for (let count = 0; count < 3; count += 1) expect((await login()).status).toBe(503)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('an unread log does not hold up a stop that logs', async () => {
  const { child, ended, listens } = runMain(good)
  await listens()
  child.stdout.destroy()
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('every file of the build loads, those that load late too', async () => {
  const files = (await readdir(build)).filter((file) => file !== 'main.js')
  expect(files.length).toBeGreaterThan(5)
  await Promise.all(files.map((file) => import(join(build, file))))
})

test('the build finds the files of the page about the API', async () => {
  const { listens } = runMain(good)
  const page = `${await listens()}/api/docs/`
  const read = async (path: string) => {
    const answer = await fetch(new URL(path, page))
    return [answer.status, await answer.text()]
  }
  expect(await read('')).toEqual([200, expect.stringContaining('swagger-ui-bundle.js')])
  expect(await read('swagger-ui-bundle.js')).toEqual([200, expect.stringContaining('SwaggerUIBundle')])
  expect(await read('initializer.js')).toEqual([200, expect.stringContaining('../openapi.json')])
  expect(await read('../openapi.json')).toEqual([200, renderOpenApiDocument(await createOpenApiDocument())])
})

test('the API runs with its flags under the same process id', async () => {
  const { child, listens } = runMain(good)
  await listens()
  const command = await readFile(`/proc/${child.pid}/cmdline`, 'utf8')
  expect(command).toContain('--max-semi-space-size=8\0--heap-growing-percent=50')
})

const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
