import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { bareEnvironment, runCli } from '../support/run-cli.ts'
import { createService, secretKey, type Service } from '../support/service.ts'

const password = 'a good password'

let service: Service
beforeAll(async () => {
  service = await createService({ SMTP_URL: 'smtp://localhost' })
})
afterAll(() => service.close())

const run = (args: string[], env: Record<string, string> = {}) =>
  runCli(args, { env: bareEnvironment({ ...service.env, ...env }) })

test('a deleted user leaves no row but kinds and times of events', async () => {
  const email = 'gone@example.com'
  const { id } = await service.addUser(email)
  await service.caller.login({ email, password })
  const { code, stdout } = await run(['users', 'delete', email, '--yes'])
  expect([code, stdout]).toEqual([0, `Deleted user ${id}, ${email}.\n`])
  for (const table of ['users', 'emails', 'profiles', 'sessions'] as const) {
    const owner = table === 'users' ? 'id' : 'user_id'
    expect(await service.db.selectFrom(table).selectAll().where(owner, '=', id).execute()).toEqual([])
  }
  const events = await service.db
    .selectFrom('auth_events')
    .select(['kind', 'user_agent'])
    .where('user_id', '=', id)
    .orderBy('at')
    .execute()
  expect(events).toEqual([
    { kind: 'user_added', user_agent: null },
    { kind: 'login', user_agent: null },
    { kind: 'user_deleted', user_agent: 'auth-cli' },
  ])
  const again = await service.addUser(email)
  expect(again.id).toBeGreaterThan(id)
})

test('without --yes nobody is deleted', async () => {
  const email = 'kept@example.com'
  await service.addUser(email)
  const { code, stderr } = await run(['users', 'delete', email])
  expect([code, stderr]).toEqual([2, expect.stringContaining('--yes')])
  expect(await service.canLogIn(email, password)).toBe(true)
})

test('an export has every row of the user and no hash', async () => {
  const email = 'export@example.com'
  await service.addUser(email)
  await service.caller.login({ email, password })
  const { code, stdout } = await run(['users', 'export', email])
  const rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown()))).parse(JSON.parse(stdout))
  expect([code, rows['users']?.[0]?.['email'], rows['sessions']?.length]).toEqual([0, email, 1])
  expect(rows['auth_events']?.map(({ kind }) => kind)).toContain('login')
  expect(stdout).not.toContain('argon2')
})

const made = z.object({ url: z.string(), code: z.string(), expires_at: z.iso.datetime() })

test('a printed link and its code reset the password', async () => {
  const email = 'link@example.com'
  await service.addUser(email)
  const env = { SECRET_KEY: secretKey, PUBLIC_URL: 'https://accounts.example.com/' }
  const { code, stdout } = await run(['users', 'reset-link', email, '--json'], env)
  const { url, code: digits } = made.parse(JSON.parse(stdout))
  expect([code, url]).toEqual([
    0,
    expect.stringMatching(/^https:\/\/accounts\.example\.com\/reset-password\?t=/),
  ])
  const token = new URL(url).searchParams.get('t') ?? ''
  await service.caller.passwordResetConfirm({ token, code: digits, new_password: 'seven ferries at noon' })
  expect(await service.canLogIn(email, 'seven ferries at noon')).toBe(true)
  expect(await service.canLogIn(email, password)).toBe(false)
})

test('a disabled user gets no link, and a link needs a key', async () => {
  const email = 'disabled@example.com'
  await service.addUser(email)
  await run(['users', 'disable', email])
  const refused = await run(['users', 'reset-link', email], { SECRET_KEY: secretKey })
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('disabled')])
  const keyless = await run(['users', 'reset-link', email])
  expect([keyless.code, keyless.stderr]).toEqual([1, expect.stringContaining('MAIL_KEY')])
})

test('a link needs a MAIL_KEY that the API would take', async () => {
  const email = 'short-key@example.com'
  await service.addUser(email)
  const short = await run(['users', 'reset-link', email], { MAIL_KEY: 'x'.repeat(31) })
  expect([short.code, short.stderr]).toEqual([
    1,
    expect.stringContaining('MAIL_KEY must be at least 32 bytes'),
  ])
  const empty = await run(['users', 'reset-link', email], { MAIL_KEY: '', SECRET_KEY: secretKey })
  expect([empty.code, empty.stderr]).toEqual([0, ''])
})
