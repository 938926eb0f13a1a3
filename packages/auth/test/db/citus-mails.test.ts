import { describe, expect, test } from 'vitest'
import { makeResetLink } from '../../src/admin/make-reset-link.ts'
import { addTestMail, retryMail } from '../../src/admin/mails.ts'
import { listSessions, revokeSessionsOfUser } from '../../src/admin/sessions.ts'
import { setActive } from '../../src/admin/set-active.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { verifyEmail } from '../../src/admin/verify-email.ts'
import { voidLinks } from '../../src/admin/void-links.ts'
import { MailRefusedError } from '../../src/mails/index.ts'
import { isCitus } from '../../src/db/postgres/engine.ts'
import { listSpreadActs } from '../support/citus-plans.ts'
import { createChanger, findSecrets, freshEmail, newPassword } from '../support/email-changes.ts'
import { addAccount, createService, logIn, openDatabase, password, type Service } from '../support/harness.ts'
import { doMailJobs, mailEnv, mailLifetimes } from '../support/mail-jobs.ts'
import { readMails, readSecrets } from '../support/mailbox.ts'

const { url, db } = await openDatabase()
const isOn = await isCitus(db)
const operator = { client: { ip: null, userAgent: null } }

const service = await createService(db, mailEnv)
const bothAgree = await createService(db, { ...mailEnv, EMAIL_CHANGE: 'both' })
const optional = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'optional' })
const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })

const put = (method: string, path: string, [token, body]: [string, object]) => {
  const headers = { 'Content-Type': 'application/json' }
  return service.rest(method, `/api/users/${path}/`, { token, headers }, JSON.stringify(body))
}

/** Does the jobs that wait, with an SMTP server that refuses every mail or fails. */
async function doJobsInVain({ auth }: Service, error: Error): Promise<void> {
  const mailer = { db, secrets: auth.mailSecrets, lifetimes: mailLifetimes }
  await doMailJobs({ ...mailer, language: 'en', mailsUnknown: true }, () => Promise.reject(error))
}

describe.skipIf(!isOn)('on Citus', () => {
  test('every statement of mails and settings is one task on one shard', async () => {
    const { ask, askAndRead } = createChanger(service)
    const { id, email, access } = await logIn(service)
    const reset = (body: object) => service.post('password/reset/', body)
    const confirm = (body: object) =>
      service.post('password/reset/confirm/', { new_password: newPassword, ...body })
    const acts = {
      'ask for a change of email, again, check and cancel': async () => {
        const newEmail = freshEmail()
        await ask(access, newEmail)
        const { toNew, toOld } = await askAndRead({ access }, newEmail)
        await service.mutate('auth.emailChangeCheck', { token: toNew.token })
        await service.post('email/change/cancel/', { token: toOld.token })
        await service.post('email/change/cancel/', {}, { token: access })
      },
      'ask for the email of another': async () => {
        await ask(access, (await addAccount(service)).email)
        await readMails(service)
      },
      'the consent of one mailbox of two': async () => {
        const both = createChanger(bothAgree)
        const person = await logIn(bothAgree)
        await both.ask(person.access, freshEmail())
        const mails = await readMails(bothAgree)
        await both.confirm(findSecrets(mails, 'email_change_consent'))
      },
      'reset by link': async () => {
        const person = await addAccount(service)
        await reset({ email: person.email })
        const { link } = await readSecrets(service)
        await service.mutate('auth.passwordResetCheck', { token: link })
        expect((await confirm({ token: link })).status).toBe(200)
      },
      'reset by code': async () => {
        const person = await addAccount(service)
        await reset({ email: person.email.toUpperCase() })
        const { code } = await readSecrets(service)
        expect((await confirm({ email: person.email, code })).status).toBe(200)
      },
      'reset of no user': async () => {
        await reset({ email: freshEmail() })
        await readMails(service)
      },
      notices: async () => {
        await service.rest('GET', '/api/users/notices/', { token: access })
        await put('PATCH', 'notices', [access, { new_device: false }])
        await readMails(service)
      },
      language: async () => {
        await service.rest('GET', '/api/users/language/', { token: access })
        await put('PUT', 'language', [access, { language: 'de' }])
      },
      profile: () => put('PATCH', 'me', [access, { profile: { bio: 'Ferries' } }]),
      'a mail of a new device': async () => {
        const device = { headers: { 'User-Agent': 'Firefox/140.0', 'x-test-address': '198.51.100.9' } }
        await service.post('login/', { email: (await addAccount(service)).email, password }, device)
        await readMails(service)
      },
      'a mail that is refused': async () => {
        await reset({ email: (await addAccount(service)).email })
        await doJobsInVain(service, new MailRefusedError('550 No such mailbox'))
      },
      'a mail that fails': async () => {
        await reset({ email: (await addAccount(service)).email })
        await doJobsInVain(service, new Error('421 Try later'))
      },
      'a test mail that is tried again': async () => {
        const mailed = freshEmail()
        const mailId = await addTestMail(service.auth, operator, { email: mailed })
        await retryMail(service.auth, operator, { email: mailed, id: mailId })
        await readMails(service)
      },
      'a registration confirmed by code, after another mail': async () => {
        const registrant = freshEmail()
        await required.post('register/', { email: registrant, password })
        await required.post('email/verify/resend/', { email: registrant })
        const { code } = await readSecrets(required)
        const { status } = await required.post('email/verify/', { email: registrant, code })
        expect(status).toBe(200)
      },
      'the link of an account': async () => {
        await optional.post('register/', { email: freshEmail(), password })
        const { link } = await readSecrets(optional)
        await optional.mutate('auth.emailVerifyCheck', { token: link })
        expect((await optional.post('email/verify/', { token: link })).status).toBe(200)
      },
      'an operator on one user': async () => {
        const { auth } = service
        await listSessions(auth, operator, { userId: id })
        await verifyEmail(auth, operator, { userId: id })
        await voidLinks(auth, operator, { userId: id })
        await setPassword(auth, operator, { userId: id, password: newPassword })
        await revokeSessionsOfUser(auth, operator, { userId: id })
        await makeResetLink(auth, operator, { userId: id, keys: [Buffer.alloc(32)], lifetimeSeconds: 60 })
        await setActive(auth, operator, { userId: id, isActive: false })
        await setActive(auth, operator, { userId: id, isActive: true })
      },
      'the login after all that': () => service.login(email, newPassword),
    }
    expect(await listSpreadActs(url, acts)).toEqual({})
  })
})
