import { once } from 'node:events'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, expect, test } from 'vitest'
import { startApi } from '../../src/server.ts'
import { readApiSettings } from '../../src/settings.ts'
import { testSecretKey } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'

const database = await openDatabase()
let logged = ''
const output = new Writable({
  write(chunk, _, done) {
    logged += String(chunk)
    done()
  },
})
const settings = readApiSettings({
  SECRET_KEY: testSecretKey,
  DATABASE_URL: database.url,
  PORT: '0',
  METRICS_PORT: '0',
  REQUEST_TIMEOUT: '1s',
  RATE_LIMITS: 'off',
})
const api = await startApi(settings, pino({ level: 'info', base: null }, output))
afterAll(() => api.stop())

/** Sends bytes, ends or breaks the connection, and returns what came back. */
async function send(bytes: string, { breaks = false } = {}): Promise<string> {
  const { hostname, port } = new URL(api.url)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (data) => (answer += data.toString()))
  socket.on('error', () => {})
  socket.write(bytes)
  if (breaks) await once(socket, 'connect').then(() => socket.destroySoon())
  await once(socket, 'close')
  return answer
}

const paths = [
  'POST /api/users/login/',
  'POST /api/users/register/',
  'POST /api/users/token/refresh/',
  'POST /api/trpc/auth.login',
  'POST /api/trpc/auth.login,auth.verify?batch=1',
  'PATCH /api/users/me/',
  'POST /none',
  'POST /api/none',
]

const chunked = ['Transfer-Encoding: chunked', 'Content-Length: 50']
const faults: [string, string, string][] = [
  ['a malformed chunk', chunked[0] ?? '', '5\r\n{"ema\r\nzz\r\n'],
  ['a chunk that is cut off', chunked[0] ?? '', '50\r\n{"ema'],
  ['a body that is cut off', chunked[1] ?? '', '{"ema'],
  ['a body that never begins', chunked[1] ?? '', ''],
]
const cases = paths.flatMap((path) => faults.map((fault) => [path, ...fault] as const))

test.concurrent.each(cases)('%s with %s is the fault of its client', async (path, _, header, body) => {
  const [method, target] = path.split(' ')
  const head = `${method} ${target} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n${header}\r\n\r\n`
  const answer = await send(head + body)
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  expect(answer).toMatch(/content-type: application\/json/i)
  await send(head + body, { breaks: true })
})

test('refused requests are no errors in the log or the metrics', async () => {
  const metrics = await (await fetch(`${api.metricsUrl}`)).text()
  expect(metrics).toMatch(/auth_http_request_duration_seconds_count\{.*status="400"/)
  expect(metrics).not.toMatch(/status="5\d\d"|outcome="(internal_error|unavailable)"/)
  const levels = logged
    .trim()
    .split('\n')
    .map((line) => /"level":(\d+)/.exec(line)?.[1])
  expect(new Set(levels)).toEqual(new Set(['30']))
})

test("an unknown method is answered with the endpoint's methods, as Django does", async () => {
  const answer = await send('FOO /api/users/login/ HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 405 /)
  expect(answer).toContain('\r\nAllow: POST, OPTIONS\r\n')
  expect(answer).toContain('{"detail":"Method \\"FOO\\" not allowed."}')
})

const targets = [
  '/api/users/policy/',
  '/api/trpc/auth.policy',
  '/healthz',
  '/readyz',
  '/.well-known/jwks.json',
]

test.each(targets)('a Host that is no host of a URL changes nothing at %s', async (target) => {
  const ask = (line: string) => send(`GET ${target} HTTP/1.1\r\n${line}\r\nConnection: close\r\n\r\n`)
  const usual = (await ask('Host: localhost')).split('\r\n\r\n')[1]
  for (const host of ['1.2.3.4.5', 'api.1', '999.1.1.1', '0x', '']) {
    const answer = await ask(`Host: ${host}`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.split('\r\n\r\n')[1]).toBe(usual)
  }
  for (const lines of ['Host: a\r\nHost: b', 'Host: a b', 'X: y'])
    expect(await ask(lines)).toMatch(/^HTTP\/1\.1 400 [^]*\r\n\r\n\{"detail":"Malformed request\."\}$/)
})

test.each([
  ['/api/users/%/', '404'],
  ['/api/users/%ff/', '404'],
  ['/%', '404'],
  ['*', '404'],
  ['/api/users/me\\', '404'],
  ['/api/trpc/%', '400'],
  ['/api/trpc/auth.me%', '400'],
])('a path that cannot be decoded is answered in JSON: %s', async (target, status) => {
  const answer = await send(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
  expect(answer.slice(0, 12)).toBe(`HTTP/1.1 ${status}`)
  expect(answer).toMatch(/\r\ncontent-type: application\/json/i)
})

test('every answer has the headers that keep others from guessing at it', async () => {
  for (const target of [...targets, '/none', '/api/openapi.json', '/api/docs/']) {
    const { headers } = await fetch(api.url + target)
    expect([target, headers.get('x-content-type-options')]).toEqual([target, 'nosniff'])
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('strict-transport-security')).toBe(null)
  }
  expect(await send('nonsense\r\n\r\n')).toContain('\r\nX-Content-Type-Options: nosniff\r\n')
})
