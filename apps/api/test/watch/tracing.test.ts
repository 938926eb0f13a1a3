import { expect, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { startCollector } from './collector.ts'
import { openDatabase, password } from '../database.ts'
import { startLoggedApi } from '../logged-api.ts'
import { startProcess } from '../processes.ts'

const database = await openDatabase()

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const parentSpanId = '00f067aa0ba902b7'

async function traceLogin(headers: Record<string, string> = {}) {
  const { email } = await database.addUser()
  const collector = await startCollector()
  const api = await startTestApi(database.url, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  const answer = await fetch(`${api.url}/api/users/login/?secret=query`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify({ email, password }),
  })
  await api.stop()
  return { ...collector, status: answer.status, email, login: await answer.text() }
}

test("a login's span holds one span a statement, without values", async () => {
  const { spans, services, status, email, login, text } = await traceLogin()
  expect(status).toBe(200)
  expect([...services]).toEqual(['pockitflyer-auth'])
  const request = spans.find(({ name }) => name === 'POST /api/users/login')
  expect(request?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.route': '/api/users/login',
    'http.response.status_code': 200,
  })
  const statements = spans.filter((span) => span !== request)
  expect(statements.map(({ name }) => name)).toEqual(['select', 'with'])
  for (const statement of statements) {
    expect(statement).toMatchObject({ traceId: request?.traceId, parentSpanId: request?.spanId })
    expect(statement.attributes['db.query.text']).toMatch(/^(select|with) .*\$1/s)
    expect(BigInt(statement.endTimeUnixNano)).toBeGreaterThan(BigInt(statement.startTimeUnixNano))
  }
  for (const secret of [email, password, 'secret', ...login.matchAll(/[\w.-]{40,}/g)]) {
    expect(text()).not.toContain(String(secret))
  }
})

test('a trace goes on, and an unrecorded one stays unrecorded', async () => {
  const recorded = await traceLogin({ traceparent: `00-${traceId}-${parentSpanId}-01` })
  expect(recorded.spans.length).toBe(3)
  for (const span of recorded.spans) expect(span.traceId).toBe(traceId)
  expect(recorded.spans.map((span) => span.parentSpanId)).toContain(parentSpanId)
  const silent = await traceLogin({ traceparent: `00-${traceId}-${parentSpanId}-00` })
  expect([silent.status, silent.spans]).toEqual([200, []])
})

test('a failure is marked by SQLSTATE alone, and logged with its trace', async () => {
  const collector = await startCollector()
  const api = await startLoggedApi(database.url, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })
  await database.db.schema.alterTable('users').renameTo('away').execute()
  await fetch(`${api.url}/api/users/login/`, {
    method: 'POST',
    body: new URLSearchParams({ email: 'ada@example.com', password }),
  })
  await database.db.schema.alterTable('away').renameTo('users').execute()
  await api.stop()
  const failed = collector.spans.filter(({ status }) => status.code === 2)
  expect(failed.map(({ name }) => name)).toEqual(['select', 'POST /api/users/login'])
  expect(failed[0]?.attributes['db.response.status_code']).toBe('42P01')
  const [traced] = collector.spans
  expect(api.output()).toContain(`"requestId":"${traced?.traceId}"`)
})

test('an absent collector harms no login and is logged', async () => {
  const { email } = await database.addUser()
  const api = await startProcess(database.url, {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
    // The exporter tries again for so long, in milliseconds; else ten seconds.
    OTEL_EXPORTER_OTLP_TIMEOUT: '500',
  })
  const answer = await fetch(`${api.url}/api/users/login/`, {
    method: 'POST',
    body: new URLSearchParams({ email, password }),
  })
  expect(answer.status).toBe(200)
  expect(await api.kill('SIGTERM')).toBe(0)
  expect(api.output()).toContain('traces cannot be sent')
})
