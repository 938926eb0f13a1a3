import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { findFault, toOriginForm } from '../src/front/faults.ts'

function judge(method: string, url: string, headers: IncomingMessage['headers'] = {}): number | undefined {
  return findFault({ method, url, headers })?.status
}

test('a request that a page can answer passes', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
    expect(judge(method, '/login?next=%')).toBeUndefined()
  for (const url of ['/', '//a/', '/[', '/?//[', '/%20', '/\u00e9', '/?%ff'])
    expect(judge('GET', url)).toBeUndefined()
})

test('a path that is none, or does not decode, is 400', () => {
  for (const url of ['/%', '/%zz', '/%ff', '/%E0%A4%A?x', '*', 'login', '', 'http://[', '?x'])
    expect(judge('GET', url)).toBe(400)
})

test('a path that Next.js takes for a bad host is 400', () => {
  const paths = ['//', '//[/', '///[/', '/\\[', '//1.2.3.4.5/api', '//a:99999/', '//%00/', '//a%20b/']
  for (const url of paths) expect(judge('GET', url)).toBe(400)
})

test('a method that no page has is 405, and told', () => {
  for (const method of ['PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'get', 'FOO'])
    expect(findFault({ method, url: '/login', headers: {} })).toMatchObject({
      status: 405,
      fault: 'noMethod',
      headers: { Allow: 'GET, HEAD, POST, OPTIONS' },
    })
})

test('OPTIONS * names the methods of the server (RFC 9110 section 9.3.7)', () => {
  expect(findFault({ method: 'OPTIONS', url: '*', headers: {} })).toEqual({
    status: 204,
    fault: undefined,
    headers: { Allow: 'GET, HEAD, POST, OPTIONS' },
  })
})

test('a form of more than a mebibyte is 413', () => {
  expect(judge('POST', '/login', { 'content-length': '1048576' })).toBeUndefined()
  expect(judge('POST', '/login', { 'content-length': '1048577' })).toBe(413)
})

test('the absolute form of a target is read as its path', () => {
  expect(toOriginForm('http://a.example:80/login?x=%')).toBe('/login?x=%')
  expect(toOriginForm('HTTPS://a?x')).toBe('/?x')
  expect(toOriginForm('http://a')).toBe('/')
  expect(toOriginForm('http://a/#b')).toBe('http://a/#b')
  for (const target of [
    '/login',
    '*',
    '//evil.example',
    'ftp://a/b',
    '/http://a/b',
    'http://',
    'xhttp://a/b',
  ])
    expect(toOriginForm(target)).toBe(target)
})
