import { createMailer } from '@pockitflyer/auth/mails'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from '../support/run-cli.ts'
import { createService, type Service } from '../support/service.ts'

let service: Service
beforeAll(async () => {
  service = await createService()
})
afterAll(() => service.close())

const added = z.object({ id: z.uuid() })

async function addTestMail(email: string): Promise<string> {
  const { code, stdout } = await service.run(['mails', 'test', email, '--json'])
  expect(code).toBe(0)
  return added.parse(JSON.parse(stdout)).id
}

test('a test mail waits in the outbox for the worker', async () => {
  const id = await addTestMail('Ada@example.com')
  const { stdout } = await service.run(['mails', 'show', id, '--json'])
  expect(JSON.parse(stdout)).toMatchObject({
    id,
    to: 'Ada@example.com',
    template: 'test',
    state: 'waiting',
    attempts: 0,
    last_error: null,
  })
  const list = await service.run(['mails', 'list', '--state', 'waiting'])
  expect(list.stdout).toContain('Ada@example.com')
  expect((await service.run(['mails', 'list', '--state', 'sent'])).stdout).not.toContain('Ada@example.com')
})

test('a waiting mail is tried again, a settled one is not', async () => {
  const id = await addTestMail('grace@example.com')
  expect((await service.run(['mails', 'retry', id])).code).toBe(0)
  await service.db.updateTable('mailbox_mails').set({ sent_at: new Date() }).where('id', '=', id).execute()
  const again = await service.run(['mails', 'retry', id])
  expect([again.code, again.stderr]).toEqual([1, 'error: The mail is sent: it does not wait.\n'])
  const unknown = await service.run(['mails', 'retry', '3b241101-e2bb-4255-8caf-4136c566a962'])
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no mail')])
  expect((await service.run(['mails', 'show', 'grace'])).code).toBe(2)
})

test('what is no email gets no test mail', async () => {
  const { code, stderr } = await service.run(['mails', 'test', 'a@b.example, c@d.example'])
  expect([code, stderr]).toEqual([1, expect.stringContaining('email: ')])
})

test('keys mail prints the key with which the API makes links', async () => {
  const env = { SECRET_KEY: 'a key of the tests, at least 32 bytes' }
  const { stdout } = await runCli(['keys', 'mail', '--json'], { env })
  const { MAIL_KEY: key } = z.object({ MAIL_KEY: z.string() }).parse(JSON.parse(stdout))
  const { secrets } = createMailer(service.db, {
    key,
    oldKey: undefined,
    lifetimes: { passwordResetSeconds: 1 },
    mailsUnknown: true,
    language: 'en',
  })
  const token = {
    userId: 1,
    id: '3b241101-e2bb-4255-8caf-4136c566a962',
    purpose: 'reset_password',
    email: 'ada@example.com',
    codeRound: 0,
    browserHash: null,
    isConsumed: false,
    before: null,
    isExpired: false,
    expiresAt: new Date(),
    userEmail: 'ada@example.com',
    isActive: true,
    passwordChangedAt: '1',
  } as const
  expect(secrets.link(token)).toBe(service.auth.mailSecrets.link(token))
  const given = await runCli(['keys', 'mail'], { env: { ...env, MAIL_KEY: key } })
  expect([given.code, given.stdout]).toEqual([1, ''])
  expect((await runCli(['keys', 'mail'])).code).toBe(1)
})

test('the doctor warns of mails that wait longer than five minutes', async () => {
  const env = { ...service.env, SECRET_KEY: 'a key of the tests, at least 32 bytes, 0123456789' }
  const id = await addTestMail('late@example.com')
  const early = await runCli(['doctor'], { env })
  expect(early.stdout).toMatch(/ok +mails +go out/)
  expect(early.stdout).toMatch(/remark +SMTP_URL +is missing/)
  const created_at = new Date(Date.now() - 6 * 60_000)
  await service.db.updateTable('mailbox_mails').set({ created_at }).where('id', '=', id).execute()
  const late = await runCli(['doctor'], { env: { ...env, SMTP_URL: 'smtp://mail.example' } })
  expect(late.stdout).toMatch(/warning +mails +\d wait, the oldest for 6 minutes/)
  expect(late.stdout).not.toContain('SMTP_URL')
})
