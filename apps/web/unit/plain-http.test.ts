import { expect, test } from 'vitest'
import { isLocal, isPlainHttp } from '../src/security/asked-origin.ts'

test('a page is plain http unless proxy, browser or host disagrees', () => {
  const host = 'app.example'
  expect(isPlainHttp({ host })).toBe(true)
  expect(isPlainHttp({})).toBe(true)
  expect(isPlainHttp({ host, 'x-forwarded-proto': 'http' })).toBe(true)
  expect(isPlainHttp({ host, forwarded: 'proto=http' })).toBe(true)
  expect(isPlainHttp({ host, 'x-forwarded-proto': 'http, https' })).toBe(true)
  expect(isPlainHttp({ host, 'x-forwarded-proto': 'HTTPS' })).toBe(false)
  expect(isPlainHttp({ host, forwarded: 'for=1;proto=https' })).toBe(false)
  expect(isPlainHttp({ host, 'sec-fetch-site': 'none' })).toBe(false)
  expect(isPlainHttp({ host: 'localhost:3000' })).toBe(false)
  expect(isPlainHttp({ host: 'web:3000', 'x-forwarded-host': 'localhost' })).toBe(false)
  expect(isPlainHttp({ host: 'localhost', 'x-forwarded-host': host })).toBe(true)
})

test('a local host is one for which browsers keep Secure cookies', () => {
  const local = [
    'localhost',
    'LOCALHOST:3000',
    'a.localhost',
    'app.site.localhost',
    '127.0.0.1',
    '127.9.9.9:80',
    '127.255.10.254',
    '[::1]',
    '[::1]:3000',
  ]
  for (const host of local) expect(isLocal(host)).toBe(true)
  const remote = [
    '',
    'localhost.example',
    'notlocalhost',
    '128.0.0.1',
    '127.0.0.1.example',
    '0.0.0.0',
    '[::2]',
    '[',
  ]
  for (const host of remote) expect(isLocal(host)).toBe(false)
})
