import { expect, test } from 'vitest'
import { createContext } from '../src/http/context.ts'
import { createService, openDatabase } from './harness.ts'

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
  expect(createContext(auth, request(), address).client).toEqual({ ip, userAgent: null })
})

test('of a user agent 512 characters are recorded', () => {
  expect(createContext(auth, request('x'.repeat(600)), undefined).client.userAgent).toBe('x'.repeat(512))
})

test('every request has an id of its own', () => {
  const ids = Array.from({ length: 3 }, () => createContext(auth, request(), undefined).requestId)
  expect(new Set(ids).size).toBe(3)
})
