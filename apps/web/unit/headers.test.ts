import { expect, test } from 'vitest'
import { createContentSecurityPolicy } from '../src/security/content-security-policy.ts'
import { headersOfAll, headersOfPages } from '../src/security/fixed-headers.ts'

test("production's content policy allows this origin and the nonce alone", () => {
  expect(createContentSecurityPolicy({ nonce: 'n', isProduction: true }).split('; ')).toEqual([
    "default-src 'self'",
    "script-src 'self' 'nonce-n' 'strict-dynamic'",
    "style-src 'self' 'nonce-n'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
})

test('the content policy of development has its three exceptions and no other', () => {
  const production = createContentSecurityPolicy({ nonce: 'n', isProduction: true })
  const expected = production
    .replace("'strict-dynamic'", "'strict-dynamic' 'unsafe-eval'")
    .replace("style-src 'self' 'nonce-n'", "style-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", "connect-src 'self' ws:")
  expect(createContentSecurityPolicy({ nonce: 'n', isProduction: false })).toBe(expected)
})

test('every answer says nosniff, in production HSTS too; pages say the rest', () => {
  const hsts = ['Strict-Transport-Security', 'max-age=63072000; includeSubDomains']
  const nosniff = ['X-Content-Type-Options', 'nosniff']
  const pages = [
    ['X-Frame-Options', 'DENY'],
    ['Referrer-Policy', 'same-origin'],
    ['Cross-Origin-Opener-Policy', 'same-origin'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
    ['X-Robots-Tag', 'noindex'],
    [
      'Permissions-Policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ],
  ]
  expect(headersOfAll(true)).toEqual([nosniff, hsts])
  expect(headersOfAll(false)).toEqual([nosniff])
  expect(headersOfPages(true)).toEqual([nosniff, hsts, ...pages])
  expect(headersOfPages(false)).toEqual([nosniff, ...pages])
})

test('the page of a mailed link sends no referrer', () => {
  const policyOf = (url: string) => new Map(headersOfPages(true, url)).get('Referrer-Policy')
  for (const url of ['/reset-password?t=a', '/reset-password', '/reset-password/?a=b&t=c', '/elsewhere?t=a'])
    expect(policyOf(url)).toBe('no-referrer')
  for (const url of ['/login', '/login?next=/reset-password', '/reset-passwords', '/flyers?post'])
    expect(policyOf(url)).toBe('same-origin')
})
