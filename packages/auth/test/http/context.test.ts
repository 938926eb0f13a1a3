import { expect, test } from 'vitest'
import { AuthError } from '../../src/errors.ts'
import { createContext } from '../../src/http/context.ts'
import { renderTrpcError } from '../../src/http/trpc.ts'
import { createService, openDatabase } from '../support/harness.ts'

const { db } = await openDatabase()
const { auth } = await createService(db)

const request = (userAgent?: string) =>
  new Request(
    'http://accounts.test/',
    userAgent === undefined ? {} : { headers: { 'User-Agent': userAgent } },
  )

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['unix:', null],
  ['', null],
  [undefined, null],
])('an address of %j is recorded as PostgreSQL takes it', (address, ip) => {
  expect(createContext(auth, request(), address).caller.client).toEqual({ ip, userAgent: null })
})

test('of a user agent 512 characters are recorded', () => {
  expect(createContext(auth, request('x'.repeat(600)), undefined).caller.client.userAgent).toBe(
    'x'.repeat(512),
  )
})

test('every request has an id of its own', () => {
  const ids = Array.from({ length: 3 }, () => createContext(auth, request(), undefined).requestId)
  expect(new Set(ids).size).toBe(3)
})

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
const spanId = '00f067aa0ba902b7'

const traced = (traceparent: string) =>
  createContext(
    auth,
    new Request('http://accounts.test/', { headers: { Traceparent: traceparent } }),
    undefined,
  )

test.each([`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-00`, `cc-${traceId}-${spanId}-01-more`])(
  'a request that is part of a trace bears its id: %s',
  (traceparent) => {
    expect(traced(traceparent).requestId).toBe(traceId)
  },
)

test.each([
  '',
  traceId,
  `00-${traceId}-${spanId}`,
  `00-${traceId}-${spanId}-01-more`,
  `ff-${traceId}-${spanId}-01`,
  `00-${traceId.toUpperCase()}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId}x-${spanId}-01`,
  `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
])('a traceparent that is malformed counts as absent: %j', (traceparent) => {
  expect(traced(traceparent).requestId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/)
})

test('an error before any procedure has the shape of tRPC', async () => {
  const error = new AuthError('overloaded', { retryAfterSeconds: 1 })
  const answer = renderTrpcError(error, createContext(auth, request(), undefined))
  const { status, headers } = answer
  expect([status, headers.get('retry-after'), headers.get('cache-control')]).toEqual([503, '1', 'no-store'])
  expect(await answer.json()).toMatchObject({
    error: { data: { code: 'overloaded', httpStatus: 503, retryAfterSeconds: 1 } },
  })
})
