import { expect, test } from 'vitest'
import { findForeignSender } from '../src/security/same-origin.ts'

const origin = 'https://app.example'

function judge(headers: Record<string, string>, method = 'POST'): string | undefined {
  return findForeignSender({ method, headers: { host: 'app.example', origin, ...headers } })
}

/** The headers of a proxy, by the origin that its browser asked. */
const sameOrigin: [string, Record<string, string>][] = [
  [origin, {}],
  ['http://app.example', {}],
  ['https://app.example:443', {}],
  ['HTTPS://APP.EXAMPLE', { host: 'app.EXAMPLE' }],
  [origin, { host: 'app.example:443' }],
  ['http://app.example', { host: 'app.example:80' }],
  [origin, { 'x-forwarded-proto': 'https' }],
  [origin, { 'x-forwarded-proto': 'HTTPS , http' }],
  ['http://app.example', { 'x-forwarded-proto': 'http' }],
  [origin, { host: 'web:3000', 'x-forwarded-host': 'app.example' }],
  [origin, { host: 'web:3000', 'x-forwarded-host': 'app.example, inner.example' }],
  [origin, { host: 'web:3000', 'x-forwarded-host': 'app.example:443' }],
  [origin, { host: 'web:3000', 'x-forwarded-host': 'app.example', 'x-forwarded-port': '443' }],
  [origin, { host: 'app.example:3000', 'x-forwarded-port': '443, 3000' }],
  [`${origin}:8443`, { 'x-forwarded-port': '8443' }],
  [`${origin}:8443`, { 'x-forwarded-host': 'app.example', 'x-forwarded-port': '8443' }],
  [`${origin}:8443`, { 'x-forwarded-host': 'app.example:8443', 'x-forwarded-port': '443' }],
  [origin, { host: 'web:3000', forwarded: 'for=1.2.3.4;host=app.example;proto=https' }],
  [
    `${origin}:8443`,
    { host: 'web', forwarded: 'For="[::1]:9";Host="app.example:8443"; Proto=HTTPS, host=b' },
  ],
  [origin, { host: 'web', forwarded: String.raw`host="app\.example"` }],
  [origin, { 'x-forwarded-host': 'app.example', forwarded: 'host=evil.example' }],
  [origin, { 'x-forwarded-proto': 'https', forwarded: 'proto=http' }],
  [origin, { 'x-forwarded-host': '', 'x-forwarded-proto': '', 'x-forwarded-port': '' }],
  ['http://[::1]:3000', { host: '[0:0::1]:3000' }],
  ['http://[::1]:8443', { 'x-forwarded-host': '[::1]', 'x-forwarded-port': '8443' }],
  ['http://127.0.0.1:3000', { host: '127.0.0.1:3000' }],
  ['https://xn--mnchen-3ya.example', { host: 'xn--mnchen-3ya.example' }],
  ['https://xn--mnchen-3ya.example', { host: Buffer.from('MÜNCHEN.example').toString('latin1') }],
  [origin, { 'sec-fetch-site': 'same-origin' }],
  [origin, { 'sec-fetch-site': 'none' }],
]

test.each(sameOrigin)('%s is the origin of a browser behind %j', (sent, headers) => {
  expect(judge({ origin: sent, ...headers })).toBeUndefined()
})

const foreign: [Record<string, string>, string][] = [
  [{ origin: 'https://evil.example' }, 'Origin is "https://evil.example", but Host is "app.example"'],
  [{ origin: 'null' }, 'Origin is "null"'],
  [{ origin: '' }, 'Origin is ""'],
  [{ origin: 'app.example' }, 'Origin is "app.example"'],
  [{ origin: 'ftp://app.example' }, 'Origin is "ftp://app.example"'],
  [{ origin: 'xhttps://app.example' }, 'Origin is "xhttps://app.example"'],
  [{ origin: 'https://app.example/' }, 'Origin is "https://app.example/"'],
  [{ origin: 'https://u@app.example' }, 'Origin is "https://u@app.example"'],
  [{ origin: 'https://app.example https://b' }, 'Origin is "https://app.example https://b"'],
  [{ origin: 'https://app.example:8443' }, 'Origin is "https://app.example:8443", but Host is "app.example"'],
  [{ origin: 'https://app.example.' }, 'Origin is "https://app.example.", but Host is "app.example"'],
  [{ origin: 'https://sub.app.example' }, 'but Host is "app.example"'],
  [{ origin: 'https://app.example:80' }, 'but Host is "app.example"'],
  [{ host: 'app.example:80' }, 'but Host is "app.example:80"'],
  [{ host: '' }, 'but Host is ""'],
  [{ host: 'app.example/x' }, 'but Host is "app.example/x"'],
  [{ host: 'evil@app.example' }, 'but Host is "evil@app.example"'],
  [{ 'x-forwarded-proto': 'http' }, 'but X-Forwarded-Proto is "http"'],
  [{ 'x-forwarded-proto': 'http, https' }, 'but X-Forwarded-Proto is "http"'],
  [{ origin: 'http://app.example', 'x-forwarded-proto': 'https' }, 'but X-Forwarded-Proto is "https"'],
  [{ forwarded: 'proto=http' }, 'but Forwarded is "http"'],
  [{ 'x-forwarded-host': 'inner.example, app.example' }, 'but X-Forwarded-Host is "inner.example"'],
  [{ 'x-forwarded-host': 'app.example:8443' }, 'but X-Forwarded-Host is "app.example:8443"'],
  [{ 'x-forwarded-port': '8443' }, 'but X-Forwarded-Port is "8443"'],
  [{ 'x-forwarded-port': '80' }, 'but X-Forwarded-Port is "80"'],
  [{ 'x-forwarded-port': 'x' }, 'but X-Forwarded-Port is "x"'],
  [{ forwarded: 'for=1;host=evil.example' }, 'but Forwarded is "evil.example"'],
  [{ 'sec-fetch-site': 'cross-site' }, 'Sec-Fetch-Site is "cross-site"'],
  [{ 'sec-fetch-site': 'same-site' }, 'Sec-Fetch-Site is "same-site"'],
]

test.each(foreign)('a form sent with %j is refused, and its wrong header named', (headers, why) => {
  expect(judge(headers)).toContain(why)
})

test('what only reads may come from anywhere; whatever else may not', () => {
  const evil = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  for (const method of ['GET', 'HEAD', 'OPTIONS']) expect(judge(evil, method)).toBeUndefined()
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'post', ''])
    expect(judge(evil, method)).toBeDefined()
  expect(findForeignSender({ headers: { host: 'app.example' } })).toBe('Origin is ""')
})

test('what a stranger sends fills no log', () => {
  const logged = (length: number) => judge({ origin: `https://${'x'.repeat(length - 8)}` })
  expect(logged(200)).toContain(`Origin is "https://${'x'.repeat(192)}", but`)
  expect(logged(5000)).toContain(`Origin is "https://${'x'.repeat(192)}…", but`)
  expect(judge({ origin: 'a\u001b[31m' })).toBe(String.raw`Origin is "a\u001b[31m"`)
})
