import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createChanger, findSecrets, freshEmail } from '../support/email-changes.ts'
import { createService, logIn, openDatabase, password } from '../support/harness.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'

const { db } = await openDatabase()
const limited = await createService(db, {
  ...mailEnv,
  RATE_LIMITS: 'on',
  MAILS_PER_MAILBOX: '2/1d',
  MAIL_REQUESTS_PER_ADDRESS: '1000/1h',
})
const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })

test('many accounts do not flood one mailbox, and are answered alike', async () => {
  const { ask } = createChanger(limited)
  const victim = freshEmail()
  const answers = []
  const owners: string[] = []
  for (let count = 0; count < 4; count += 1) {
    const person = await logIn(limited)
    owners.push(person.email)
    const { status, text } = await ask(person.access, count % 2 === 0 ? victim : victim.toUpperCase())
    answers.push([status, text])
  }
  expect(answers).toEqual(Array.from({ length: 4 }, () => [200, '{}']))
  const mails = await readMails(limited)
  const toVictim = mails.filter(({ toEmail }) => toEmail.toLowerCase() === victim)
  expect(toVictim.map(({ template }) => template)).toEqual(['email_change', 'email_change'])
  const warned = mails.filter(({ template }) => template === 'email_change_requested')
  expect(warned.map(({ toEmail }) => toEmail).toSorted()).toEqual(owners.toSorted())
  expect((await ask((await logIn(limited)).access, freshEmail())).status).toBe(200)
  expect((await readMails(limited)).map(({ template }) => template)).toContain('email_change')
})

test('an email kept for an undo is refused, and its reader told', async () => {
  const { move } = createChanger(required)
  const former = await logIn(limited)
  await move(former, freshEmail())
  const register = () => required.post('register/', { email: former.email, password })
  const free = await required.post('register/', { email: freshEmail(), password })
  await readMails(required)
  expect(await register()).toMatchObject({ status: free.status, text: free.text })
  const [mail, ...others] = await readMails(required)
  expect([mail?.template, mail?.toEmail, mail?.secrets]).toEqual(['email_kept', former.email, undefined])
  expect(others).toEqual([])
  const waiting = () =>
    db.selectFrom('registrations').where('email', '=', former.email).select('id').execute()
  expect(await waiting()).toEqual([])
  await register()
  await required.post('email/verify/resend/', { email: former.email })
  expect(await readMails(required)).toEqual([])
  await db.updateTable('emails').set({ kept_until: sql`now()` }).where('email', '=', former.email).execute()
  await register()
  const { token } = findSecrets(await readMails(required), 'verify_email')
  expect((await required.post('email/verify/', { token })).status).toBe(200)
  expect((await required.login(former.email, password)).status).toBe(200)
})

test('under required an earlier session goes on with an unverified email', async () => {
  const { access, refresh, id } = await logIn(limited)
  await db.updateTable('users').set({ email_verified_at: null }).where('id', '=', id).execute()
  expect((await required.me(access)).body).toMatchObject({ email_verified: false })
  expect((await required.refresh(refresh)).status).toBe(200)
})
