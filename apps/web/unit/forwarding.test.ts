import { expect, test } from 'vitest'
import { keepEndToEnd, toRequestHeaders } from '../src/forwarding/headers.ts'
import { findService } from '../src/forwarding/services.ts'

const ends = ['Host', 'api:8000', 'X-Forwarded-For', '203.0.113.9']

function forward(...rawHeaders: string[]): string[] {
  return toRequestHeaders({ rawHeaders, host: 'api:8000', clientAddress: '203.0.113.9' })
}

test("a service sees the client's headers, its own host and the address", () => {
  expect(
    forward(
      'Host',
      'web',
      'X-Custom',
      'a',
      'x-custom',
      'b',
      'Authorization',
      'Bearer x',
      'Content-Length',
      '3',
    ),
  ).toEqual(['X-Custom', 'a', 'x-custom', 'b', 'Authorization', 'Bearer x', 'Content-Length', '3', ...ends])
})

test('a client cannot claim its address or remove ours', () => {
  for (const name of ['X-Forwarded-For', 'x-forwarded-for']) {
    const headers = forward(name, '198.51.100.1', 'Connection', 'close, X-Forwarded-For, Host', 'Host', 'web')
    expect(headers).toEqual([...ends, 'Content-Length', '0'])
  }
})

test('hop-by-hop headers and cookies end here, and those that `Connection` names', () => {
  const hops = [
    'Connection',
    'Keep-Alive',
    'Proxy-Authenticate',
    'Proxy-Authorization',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Upgrade',
    'Expect',
  ]
  for (const name of [...hops, 'Cookie'])
    for (const spelled of [name, name.toLowerCase()])
      expect(forward(spelled, 'x')).toEqual([...ends, 'Content-Length', '0'])
  expect(
    forward(
      'X-Hop',
      '1',
      'Connection',
      'close , x-HOP',
      'X-Stay',
      '2',
      'connection',
      'X-Other',
      'x-other',
      '3',
    ),
  ).toEqual(['X-Stay', '2', ...ends, 'Content-Length', '0'])
})

test("a body's length stays right, so requests cannot be smuggled", () => {
  expect(forward('Transfer-Encoding', 'chunked')).toEqual([...ends, 'Transfer-Encoding', 'chunked'])
  expect(forward('Content-Length', '5', 'Connection', 'Content-Length')).toEqual([
    'Content-Length',
    '5',
    ...ends,
  ])
  expect(forward()).toEqual([...ends, 'Content-Length', '0'])
})

test('an answer passes without its hop-by-hop headers; repeated ones stay repeated', () => {
  const kept = ['Link', '</a>', 'Link', '</b>', 'Set-Cookie', 'a=1', 'Date', 'now']
  const hops = [
    'Connection',
    'X-Private, close',
    'X-Private',
    'hop',
    'transfer-encoding',
    'chunked',
    'Keep-Alive',
    'timeout=5',
  ]
  expect(keepEndToEnd([...kept, ...hops])).toEqual(kept)
})

test('each path goes to its service', () => {
  const apiUrl = new URL('http://api')
  const flyersUrl = new URL('http://flyers')
  const services = { apiUrl, flyersUrl }
  for (const path of [
    '/api/users/me/',
    '/api/',
    '/api/%',
    '/api/flyersx',
    '/.well-known/jwks.json',
    '/.well-known/%?a',
    '/.well-known/change-passwords',
  ])
    expect(findService(path, services)).toBe(apiUrl)
  for (const path of ['/api/flyers', '/api/flyers/', '/api/flyers?x', '/api/flyers/mine']) {
    expect(findService(path, services)).toBe(flyersUrl)
    expect(findService(path, { apiUrl, flyersUrl: undefined })).toBe(apiUrl)
  }
  for (const path of [
    '/',
    '/login',
    '/api',
    '/apix/',
    '/x/api/',
    '/well-known/',
    '/.well-known/change-password',
    '/.well-known/change-password?x',
    '*',
    '',
    '/API/users/',
    '/.well-known',
  ])
    expect(findService(path, services)).toBeUndefined()
})
