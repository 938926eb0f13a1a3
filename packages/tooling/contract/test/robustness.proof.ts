import { startTestApi } from '@pockitflyer/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { isRecord, type RequestSpec } from '../src/exchange.ts'
import { createSender, type RawAnswer } from '../src/send.ts'
import { sendRaw, sendSlowly } from './raw.ts'
import { wildBytes, wildRest, wildTrpc } from './wild.ts'

const database = await createTestDatabase()
afterAll(() => database.drop())

/**
 * How long a client of these tests may take for a request, in seconds; the server looks once a
 * second.
 */
const requestTimeoutSeconds = 1

const healthCheck = 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'

async function startServer() {
  const api = await startTestApi(database.url, { REQUEST_TIMEOUT: `${requestTimeoutSeconds}s` })
  const sender = createSender(api.url)
  return {
    url: api.url,
    sender,
    isAlive: async () => (await sendRaw(api.url, healthCheck)).startsWith('HTTP/1.1 200 '),
    async stop() {
      sender.close()
      await api.stop()
    },
  }
}

const server = await startServer()
afterAll(() => server.stop())

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Every error of REST is an object with a text in `detail`, or with a list of texts for each field.
 */
function isRestError(body: unknown): boolean {
  if (!isRecord(body)) return false
  if ('detail' in body) return typeof body['detail'] === 'string'
  const texts = Object.values(body)
  return (
    texts.length > 0 &&
    texts.every((list) => Array.isArray(list) && list.every((text) => typeof text === 'string'))
  )
}

function isRestAnswer(method: string, { status, headers, text }: RawAnswer): boolean {
  if (status >= 500) return false
  if (method === 'HEAD') return text === ''
  if (headers['content-type'] !== 'application/json') return false
  return status < 300 ? isRecord(parse(text)) : status >= 400 && isRestError(parse(text))
}

/**
 * A call of tRPC is answered with a result, or with an error that has a code, a text and the
 * service's own code.
 */
function isTrpcCallAnswer(body: unknown): boolean {
  if (!isRecord(body)) return false
  const { error, result } = body
  if (!isRecord(error)) return isRecord(result)
  const { message, code, data } = error
  return (
    typeof message === 'string' &&
    typeof code === 'number' &&
    isRecord(data) &&
    typeof data['code'] === 'string'
  )
}

function isTrpcAnswer({ method, headers }: RequestSpec, { status, text }: RawAnswer): boolean {
  if (status >= 500) return false
  if (method === 'HEAD') return text === ''
  const accepts = [headers?.['Accept'], headers?.['trpc-accept']]
  if (accepts.includes('application/jsonl') && isStream(text)) return true
  const body = parse(text)
  return Array.isArray(body) ? body.every(isTrpcCallAnswer) : isTrpcCallAnswer(body) || isRestError(body)
}

/** A client that asks for it gets a batch in lines of JSON. */
function isStream(text: string): boolean {
  const lines = text.trimEnd().split('\n')
  return lines.length > 1 && lines.every((line) => line === '' || parse(line) !== undefined)
}

test('any input to REST gets a documented answer, never a 500', async () => {
  const property = fc.asyncProperty(wildRest, async (request) => {
    const answer = await server.sender.send(request)
    expect(answer).toSatisfy((answer: RawAnswer) => isRestAnswer(request.method, answer))
  })
  await fc.assert(property, { numRuns: 2000 })
  expect(await server.isAlive()).toBe(true)
})

test('any input to tRPC gets a documented answer, never a 500', async () => {
  const property = fc.asyncProperty(wildTrpc, async (request) => {
    const answer = await server.sender.send(request)
    expect(answer).toSatisfy((answer: RawAnswer) => isTrpcAnswer(request, answer))
  })
  await fc.assert(property, { numRuns: 1500 })
  expect(await server.isAlive()).toBe(true)
})

test('any bytes get an HTTP answer, no 500, and an end', async () => {
  const property = fc.asyncProperty(wildBytes, async (bytes) => {
    const answer = await sendRaw(server.url, bytes)
    expect(answer).toMatch(/^(HTTP\/1\.1 [1-4]\d\d |$)/)
    expect(answer).not.toMatch(/HTTP\/1\.1 5\d\d /)
  })
  await fc.assert(property, { numRuns: 1000 })
  expect(await server.isAlive()).toBe(true)
})

const begin = (path: string, ...lines: string[]) =>
  [`POST ${path} HTTP/1.1`, 'Host: x', 'Content-Type: application/json', ...lines, ''].join('\r\n')

const unfinished = [
  begin('/api/users/login/', 'Content-Length: 100', '{"email":'),
  begin('/api/users/token/refresh/', 'Content-Length: 100', ''),
  begin('/api/users/token/verify/', 'Transfer-Encoding: chunked', '', '5', '{"a":', '5', '1'),
  begin('/api/trpc/auth.login', 'Content-Length: 100', '', '{"email":'),
  begin('/api/users/me/', 'Content-Length: 100', '', '{'),
  begin('/none', 'Content-Length: 100', '', '{'),
  'POST /api/users/login/ HTTP/1.1\r\nHost: x\r\nContent-',
]

test.each(unfinished)('a client that stops midway is cut off in time: %j', async (request) => {
  const started = performance.now()
  const answer = await sendRaw(server.url, request, { end: false })
  expect(performance.now() - started).toBeLessThan(15_000)
  expect(answer).toMatch(/^(HTTP\/1\.1 4\d\d |$)/)
  expect(await server.isAlive()).toBe(true)
})

test('a client that sends single bytes gets no more time', async () => {
  const started = performance.now()
  const answer = await sendSlowly(server.url, begin('/api/users/login/', 'Content-Length: 60000', '', ''), 50)
  expect(performance.now() - started).toBeLessThan(15_000)
  expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/)
  expect(await server.isAlive()).toBe(true)
})

test('clients that leave midway leave nothing behind', async () => {
  const resources = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length
  const before = resources()
  const other = await startServer()
  const requests = Array.from({ length: 50 }, () => unfinished).flat()
  await Promise.all(requests.map((request) => sendRaw(other.url, request)))
  expect(await other.isAlive()).toBe(true)
  await other.stop()
  await expect.poll(resources).toBeLessThanOrEqual(before)
})

test('no listener is left behind by what these tests did', () => {
  expect(warnings).toEqual([])
})

const warnings: string[] = []
const noteWarning = ({ name, message }: Error) => warnings.push(`${name}: ${message}`)
process.on('warning', noteWarning)
afterAll(() => process.off('warning', noteWarning))
