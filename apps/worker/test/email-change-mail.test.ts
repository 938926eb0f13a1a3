import { expect, test } from 'vitest'
import { openService, password, startTestWorker } from './service.ts'
import { type ReceivedMail, startSmtp } from '@pockitflyer/testing/smtp'

const service = await openService()

/** The last mail to a mailbox, once it has come. */
async function receive(mails: ReceivedMail[], email: string, subject: RegExp): Promise<ReceivedMail> {
  const find = () =>
    mails.findLast((mail) => mail.recipients.includes(email) && subject.test(mail.subject ?? ''))
  await expect.poll(find).toBeDefined()
  const mail = find()
  if (mail === undefined) throw new Error('no mail')
  return mail
}

const readLinks = ({ text = '' }: ReceivedMail) =>
  [...text.matchAll(/\/([\w-]+)\?t=([\w.-]+)/g)].map(([, page, token]) => [page, token])
const readLink = (mail: ReceivedMail) => readLinks(mail)[0]
const readCode = ({ text = '' }: ReceivedMail) => /^\d{3} \d{3}$/m.exec(text)?.[0]

test('mails move an account to another email, and bring it back', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const { email } = await service.addUser()
  const newEmail = `new-${email}`
  await service.askEmailChange(email, newEmail)

  const toNew = await receive(smtp.mails, newEmail, /is your code/)
  const [page, token] = readLink(toNew) ?? []
  expect(page).toBe('change-email')
  expect(toNew.text).not.toContain('Ada')
  const warning = await receive(smtp.mails, email, /about to get another email/)
  expect(readLink(warning)?.[0]).toBe('undo')
  expect((await service.post('email/change/confirm', { token })).status).toBe(200)
  expect(await service.logIn(newEmail, password)).toBe(200)

  const notice = await receive(smtp.mails, email, /has another email/)
  const [undoPage, undoToken] = readLink(notice) ?? []
  expect(undoPage).toBe('undo')
  expect((await service.post('undo', { token: undoToken, code: readCode(notice) })).status).toBe(200)
  const recovery = await receive(smtp.mails, email, /Choose another password/)
  const reset = { token: readLink(recovery)?.[1], new_password: 'another good one' }
  expect((await service.post('password/reset/confirm', reset)).status).toBe(200)
  expect(await service.logIn(email, 'another good one')).toBe(200)
  for (const mail of smtp.mails) expect(mail.bytes).toBeLessThan(10_000)
})

test('where both must agree, a mail asks the old mailbox', async () => {
  const both = await openService({ EMAIL_CHANGE: 'both' })
  const smtp = await startSmtp()
  await startTestWorker(both.url, { SMTP_URL: smtp.url })
  const { email } = await both.addUser()
  const newEmail = `new-${email}`
  await both.askEmailChange(email, newEmail)

  const toOld = await receive(smtp.mails, email, /May your .* get another email/)
  const [agree, cancel] = readLinks(toOld)
  expect([agree?.[0], cancel?.[0]]).toEqual(['change-email', 'undo'])
  const consent = { token: agree?.[1], code: readCode(toOld) }
  const waiting = { status: 200, body: { waits_for: 'new_email' } }
  expect(await both.post('email/change/confirm', consent)).toEqual(waiting)
  expect(await both.logIn(newEmail, password)).toBe(401)

  const toNew = await receive(smtp.mails, newEmail, /is your code/)
  const proof = { token: readLink(toNew)?.[1] }
  expect(await both.post('email/change/confirm', proof)).toEqual({ status: 200, body: {} })
  expect(await both.logIn(newEmail, password)).toBe(200)
  await receive(smtp.mails, email, /has another email/)
})
