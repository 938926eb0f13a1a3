import { type ReceivedMail, startSmtp } from '@pockitflyer/testing/smtp'
import { randomUUID } from 'node:crypto'
import { mailEnv, startTestApi } from '@pockitflyer/testing'
import { expect, onTestFinished, test } from 'vitest'
import { openService, startTestWorker } from './service.ts'

const service = await openService()

/** The one mail that a server took. */
async function receive(mails: ReceivedMail[]): Promise<ReceivedMail> {
  await expect.poll(() => mails.length).toBe(1)
  const [mail] = mails
  if (mail === undefined) throw new Error('no mail')
  return mail
}

const readLink = ({ text = '' }: ReceivedMail) =>
  /https:\/\/accounts\.pockitflyer\.example\/reset-password\?t=([\w.-]+)/.exec(text)?.[1]
const readCode = ({ subject = '' }: ReceivedMail) => /^\d{3} \d{3}/.exec(subject)?.[0]

test('a person gets a mail whose link sets another password', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const { email } = await service.addUser()
  await service.askReset(email)
  const mail = await receive(smtp.mails)
  expect(mail.recipients).toEqual([email])
  const answer = await service.post('password/reset/confirm', {
    token: readLink(mail),
    new_password: 'another good one',
  })
  expect(answer).toEqual({ status: 200, body: {} })
  expect(await service.logIn(email, 'another good one')).toBe(200)
  await expect.poll(service.countMails).toEqual({ sent: 2 })
  expect(smtp.mails.at(-1)?.subject).toBe('Your Pockitflyer password was reset')
})

test('the code of the subject sets another password', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const { email } = await service.addUser()
  await service.askReset(email)
  const code = readCode(await receive(smtp.mails))
  const confirm = { email, code, new_password: 'another good one' }
  expect(await service.post('password/reset/confirm', confirm)).toEqual({ status: 200, body: {} })
  await expect.poll(() => smtp.mails.length).toBe(2)
})

async function postTo(url: string, path: string, body: object) {
  const answer = await fetch(`${url}/api/users/${path}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answered: unknown = await answer.json()
  return { status: answer.status, body: answered }
}

test('a person gets a mail whose link or code verifies the email', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const email = `new-${randomUUID()}@example.com`
  const registration = { email, password: 'another good one', display_name: 'Ada' }
  const verifying = await startTestApi(service.url, { ...mailEnv, EMAIL_VERIFICATION: 'required' })
  onTestFinished(() => verifying.stop())
  const register = () => postTo(verifying.url, 'register', registration)
  expect(await register()).toEqual({ status: 201, body: { detail: 'Verification e-mail sent.' } })
  const mail = await receive(smtp.mails)
  expect([mail.recipients, mail.text]).toEqual([[email], expect.stringContaining('Hello Ada,')])
  const token = /\/verify-email\?t=([\w.-]+)/.exec(mail.text ?? '')?.[1]
  const done = { status: 200, body: {} }
  expect(await postTo(verifying.url, 'email/verify', { token })).toEqual(done)
  expect(await postTo(verifying.url, 'email/verify', { email, code: readCode(mail) })).toEqual(done)
  expect(await service.logIn(email, 'another good one')).toBe(200)
  await register()
  await expect.poll(() => smtp.mails.at(-1)?.subject).toBe('You have a Pockitflyer account already')
})

test('text and HTML say the same, with nothing from elsewhere', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url, MAIL_REPLY_TO: 'help@pockitflyer.example' })
  const { email } = await service.addUser('Ada http://evil.example <b>')
  await service.askReset(email)
  const mail = await receive(smtp.mails)
  const { text = '', html, headers } = mail
  if (html === false || html === undefined) throw new Error('no HTML')
  const words = html
    .replace(/^[\s\S]*<body/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ')
  for (const part of [
    readCode(mail) ?? 'no code',
    'Hello Ada http\u200b:\u200b/\u200b/evil\u200b.example <b>,',
    'Device: Firefox on Linux',
    'Address: 127.0.0.1',
    'Choose another password',
    'If it was not you, do nothing',
  ]) {
    expect(text.replaceAll(/\s+/g, ' ')).toContain(part)
    expect(words).toContain(part)
  }
  expect(html.match(/https?:\/\/[^"<\s]+/g)?.filter((url) => !url.includes('w3.org'))).toEqual([
    `https://accounts.pockitflyer.example/reset-password?t=${readLink(mail)}`,
  ])
  expect(text.match(/https?:\/\/\S+/g)).toHaveLength(1)
  expect(html).not.toMatch(/<img|<link|@import|url\(/i)
  expect(html).toContain('prefers-color-scheme: dark')
  expect(headers.get('auto-submitted')).toBe('auto-generated')
  expect(headers.get('x-auto-response-suppress')).toBe('All')
  expect(mail.from?.text).toBe('"Pockitflyer" <accounts@pockitflyer.example>')
  expect(mail.replyTo?.text).toBe('help@pockitflyer.example')
  expect(mail.messageId).toMatch(/^<[\da-f-]{36}@accounts\.pockitflyer\.example>$/)
  expect(mail.bytes).toBeLessThan(10_000)
})

test('an unknown email is told once a day, unless MAIL_UNKNOWN=false', async () => {
  const smtp = await startSmtp()
  const worker = await startTestWorker(service.url, { SMTP_URL: smtp.url })
  for (const email of ['nobody@example.com', 'Nobody@example.com']) await service.askReset(email)
  const mail = await receive(smtp.mails)
  expect([mail.recipients.join().toLowerCase(), mail.subject]).toEqual([
    'nobody@example.com',
    'No Pockitflyer account has this email',
  ])
  await worker.stop()
  await startTestWorker(service.url, { SMTP_URL: smtp.url, MAIL_UNKNOWN: 'false' })
  await service.askReset('nobody-else@example.com')
  const { email } = await service.addUser()
  await service.askReset(email)
  await expect.poll(() => smtp.mails.flatMap(({ recipients }) => recipients)).toContain(email)
  expect(smtp.mails).toHaveLength(2)
})

test('a mail goes to the A-label, the local part as typed', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const { email } = await service.addUser('Ada', 'Ada.L@Bücher.example')
  await service.askReset(email)
  const { headerLines } = await receive(smtp.mails)
  expect(headerLines.find(({ key }) => key === 'to')?.line).toBe('To: Ada.L@xn--bcher-kva.example')
})
