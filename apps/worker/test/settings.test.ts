import { SettingsError } from '@pockitflyer/server/settings'
import { expect, test } from 'vitest'
import { readWorkerSettings } from '../src/settings/settings.ts'
import { workerEnv } from './service.ts'

const base = workerEnv('postgres://accounts@localhost/a', { SMTP_URL: 'smtp://mail.example' })

function problemsOf(env: Record<string, string>): string[] {
  try {
    readWorkerSettings(env)
    return []
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
}

test('every problem is told at once, what is missing for mail too', () => {
  const problems = problemsOf({ SMTP_URL: 'mail.example', WORKER_PORT: 'x', PRUNE_MAILS_AFTER: '12h' })
  expect(problems.toSorted()).toEqual([
    'DATABASE_URL is missing; for example postgres://user:password@localhost:5432/pockitflyer',
    'MAIL_FROM is missing; for example Pockitflyer <accounts@example.com>',
    "MAIL_KEY is missing; print the API's with: pnpm auth keys mail",
    'PRUNE_MAILS_AFTER must be a whole number of days and a d, for example 90d',
    'PUBLIC_URL is missing: links begin with it; for example https://accounts.example.com',
    'SMTP_URL must begin with smtp:// or smtps://',
    'WORKER_PORT must be a port from 0 to 65535',
  ])
})

test('without SMTP_URL neither a key nor an address is asked for', () => {
  expect(readWorkerSettings({ DATABASE_URL: 'postgres://accounts@localhost/a' }).mail).toBe(undefined)
})

test.each([
  ['smtp://mail.example', { host: 'mail.example', port: 587, auth: undefined, security: 'starttls' }],
  ['smtps://mail.example', { host: 'mail.example', port: 465, auth: undefined, security: 'tls' }],
  ['smtp://[::1]:25?insecure', { host: '::1', port: 25, auth: undefined, security: 'insecure' }],
  [
    'smtp://ada%40a.example:p%2Fw@mail.example:2525/',
    {
      host: 'mail.example',
      port: 2525,
      auth: { user: 'ada@a.example', pass: 'p/w' },
      security: 'starttls',
    },
  ],
])('SMTP_URL %s is read', (SMTP_URL, server) => {
  expect(readWorkerSettings({ ...base, SMTP_URL }).mail?.server).toEqual(server)
})

test.each([
  'http://mail.example',
  'smtp://',
  'smtp://ada:se/cret@mail.example',
  'smtp://ada:se@cret@mail.example',
  'smtp://ada:se#cret@mail.example',
  'smtp://ada:%zz@mail.example',
  'smtp://ada@mail.example',
  'smtp://mail.example/path',
  'smtp://mail.example?tls=no',
  'smtps://mail.example?insecure',
  'smtp://mail.example:99999',
])('SMTP_URL %s is refused without being quoted', (SMTP_URL) => {
  const [problem = '', ...more] = problemsOf({ ...base, SMTP_URL })
  expect([problem.startsWith('SMTP_URL '), problem.includes('cret'), more]).toEqual([true, false, []])
})

test.each([
  ['accounts@example.com', { name: '', address: 'accounts@example.com' }],
  ['Pockitflyer <a@example.com>', { name: 'Pockitflyer', address: 'a@example.com' }],
  ['"Flyers, Inc." <a@example.com>', { name: 'Flyers, Inc.', address: 'a@example.com' }],
  ['Ida <ida@bücher.example>', { name: 'Ida', address: 'ida@xn--bcher-kva.example' }],
])('MAIL_FROM %s is read', (MAIL_FROM, from) => {
  expect(readWorkerSettings({ ...base, MAIL_FROM }).mail?.from).toEqual(from)
})

test.each([
  'accounts',
  'a@example.com, b@example.com',
  'a@example.com <b@example.com>',
  'Group: a@example.com;',
  'A <a@example.com> B <b@example.com>',
  '"a@evil.example x"@example.com',
  'A <a@example.com>\r\nBcc: b@example.com',
  'a@example.com\nBcc: b@example.com',
])('MAIL_FROM %j is refused', (MAIL_FROM) => {
  expect(problemsOf({ ...base, MAIL_FROM })).toEqual([
    'MAIL_FROM must be one address, accounts@example.com or Pockitflyer <accounts@example.com>',
  ])
})

test.each(['https://a.example/path', 'a.example', 'https://a.example?x', 'https://ada@a.example'])(
  'PUBLIC_URL %s is refused',
  (PUBLIC_URL) => {
    expect(problemsOf({ ...base, PUBLIC_URL })).toEqual([expect.stringContaining('PUBLIC_URL must be')])
  },
)
