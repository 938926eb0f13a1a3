import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { decodePayload } from '@pockitflyer/auth-protocol/claims'
import { setActive } from '../../src/admin/set-active.ts'
import { pruneRegistrations } from '../../src/admin/mails.ts'
import {
  addAccount,
  age,
  type Answer,
  createService,
  earlier,
  eventsOf,
  openDatabase,
  password,
  type Service,
  sessionsOf,
} from '../support/harness.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const off = await createService(db, mailEnv)
const optional = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'optional' })
const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })

const another = 'seven ferries at noon'
const operator = { client: { ip: null, userAgent: null } }
const newEmail = () => `new-${randomUUID()}@example.com`

const register = (service: Service, email: string, more: object = {}) =>
  service.post('register/', { email, password, ...more })
const verify = (service: Service, body: object) => service.post('email/verify/', body)
const resend = (service: Service, email: string, more: object = {}) =>
  service.post('email/verify/resend/', { email, ...more })

/** Registers where a mail must confirm, and returns what the mail holds. */
async function registerAndRead(more: object = {}, email = newEmail()) {
  await register(required, email, more)
  return { email, ...(await readSecrets(required)) }
}

/** Registers where a mail may confirm: there is an account and a session. */
async function registerUnverified(email = newEmail()) {
  const { status, body } = await register(optional, email)
  expect(status).toBe(201)
  return { email, id: body.user.id, access: body.access, refresh: body.refresh }
}

/** Lets time pass for every mail. */
async function ageMails(): Promise<void> {
  for (const table of ['outgoing_mails', 'mailbox_mails'] as const) {
    await db
      .updateTable(table)
      .set({ created_at: earlier('created_at', '2 minutes') })
      .execute()
  }
}

const registrationsOf = (email: string) =>
  db.selectFrom('registrations').selectAll().where('email', '=', email).execute()
const userOf = (email: string) =>
  db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirst()
const kindsOf = async (userId: number) => (await eventsOf(db, userId)).map(({ kind }) => kind)

/** What must be alike for everybody: all but the time of a header. */
const bytesOf = ({ status, headers, text }: Answer) => ({ status, headers, text })

function wrongCodes(code: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0'),
  )
}

describe('off', () => {
  test('answers and tokens know nothing of verified emails', async () => {
    const { body } = await register(off, newEmail())
    expect(Object.keys(body.user)).toEqual(['id', 'email', 'profile'])
    expect(Object.keys(decodePayload(body.access))).not.toContain('email_verified')
    expect(await readMails(off)).toEqual([])
  })
})

test('without a mail server the start refuses to verify', async () => {
  await expect(createService(db, { EMAIL_VERIFICATION: 'required' })).rejects.toThrow(
    'EMAIL_VERIFICATION is required, which needs mail; set SMTP_URL',
  )
  const silent = await createService(db)
  for (const answer of [await verify(silent, { token: 'a' }), await resend(silent, 'a@example.com')])
    expect(answer).toMatchObject({ status: 403, body: { code: 'mail_off' } })
})

test('the policy tells a form what a registration leads to', async () => {
  for (const [service, mode] of [
    [off, 'off'],
    [optional, 'optional'],
    [required, 'required'],
  ] as const) {
    const { body } = await service.query('auth.policy')
    expect(body).toMatchObject({ result: { data: { email_verification: mode } } })
  }
})

describe('optional', () => {
  test('a registration starts a session, and its mail verifies the email', async () => {
    const { id, access, refresh } = await registerUnverified()
    const { link } = await readSecrets(optional)
    expect(Object.entries(decodePayload(access)).at(-1)).toEqual(['email_verified', false])
    expect((await optional.me(access)).body).toMatchObject({ email_verified: false })
    expect(await verify(optional, { token: link })).toMatchObject({ status: 200, text: '{}' })
    expect((await optional.me(access)).body).toMatchObject({ email_verified: true })
    const renewed = (await optional.refresh(refresh)).body
    expect(decodePayload(renewed.access)).toMatchObject({ email_verified: true })
    expect(Object.keys(decodePayload(renewed.refresh))).not.toContain('email_verified')
    expect(await kindsOf(id)).toEqual(
      expect.arrayContaining(['email_verification_requested', 'email_verified']),
    )
  })

  test('verifying twice is a success, by link and by code', async () => {
    const { email } = await registerUnverified()
    const { link, code } = await readSecrets(optional)
    for (const proof of [{ token: link }, { token: link }, { email, code }, { email, code }])
      expect(await verify(optional, proof)).toMatchObject({ status: 200, text: '{}' })
  })

  test('of 64 parallel uses one verifies', async () => {
    const { id } = await registerUnverified()
    const { link } = await readSecrets(optional)
    const answers = await Promise.all(Array.from({ length: 64 }, () => verify(optional, { token: link })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await kindsOf(id)).filter((kind) => kind === 'email_verified')).toHaveLength(1)
  })

  test('a new password leaves the link, another email does not', async () => {
    const ada = await registerUnverified()
    const { link } = await readSecrets(optional)
    await db
      .updateTable('users')
      .set({ password_changed_at: sql`now() + interval '1 second'` })
      .where('id', '=', ada.id)
      .execute()
    await db.updateTable('users').set({ email: newEmail() }).where('id', '=', ada.id).execute()
    expect((await verify(optional, { token: link })).body.code).toBe('link_invalid')
    await db.updateTable('users').set({ email: ada.email }).where('id', '=', ada.id).execute()
    expect((await verify(optional, { token: link })).status).toBe(200)
  })

  test('a reset proves the email and ends what was before', async () => {
    const { email, id, refresh } = await registerUnverified()
    await readMails(optional)
    await optional.post('password/reset/', { email })
    const { link } = await readSecrets(optional)
    await optional.post('password/reset/confirm/', { token: link, new_password: another })
    expect((await optional.refresh(refresh)).status).toBe(401)
    expect((await userOf(email))?.email_verified_at).not.toBeNull()
    expect(await kindsOf(id)).toContain('email_verified')
  })

  test('a code ends after five wrong tries, and the link does not', async () => {
    const { email } = await registerUnverified()
    const { link, code } = await readSecrets(optional)
    for (const wrong of wrongCodes(code, 5))
      expect((await verify(optional, { email, code: wrong })).body.code).toBe('link_invalid')
    expect((await verify(optional, { email, code })).body.code).toBe('link_invalid')
    expect((await verify(optional, { token: link })).status).toBe(200)
  })
})

describe('required', () => {
  test('a registration is an account once its email is proven', async () => {
    const { email, link } = await registerAndRead({ display_name: 'Ada' })
    expect(await userOf(email)).toBeUndefined()
    expect((await required.login(email, password)).status).toBe(401)
    expect(await verify(required, { token: link })).toMatchObject({ status: 200, text: '{}' })
    const { status, body } = await required.login(email, password)
    expect([status, body.user.profile.display_name]).toEqual([200, 'Ada'])
    expect(decodePayload(body.access)).toMatchObject({ email_verified: true })
    expect(await kindsOf(body.user.id)).toEqual(expect.arrayContaining(['user_added', 'email_verified']))
  })

  test('the code with the email does what the link does, twice', async () => {
    const { email, code } = await registerAndRead()
    const proof = { email: email.toUpperCase(), code: `${code.slice(0, 3)} ${code.slice(3)}` }
    expect((await verify(required, proof)).status).toBe(200)
    expect((await verify(required, proof)).status).toBe(200)
    expect((await required.login(email, password)).status).toBe(200)
  })

  test('the answer is the same for a free or taken email', async () => {
    const verified = await addAccount(required)
    const unverified = await registerUnverified()
    const inactive = await addAccount(required, { is_active: false })
    await readMails(required)
    const emails = [newEmail(), verified.email, unverified.email, inactive.email]
    const [free, ...taken] = await Promise.all(emails.map((email) => register(required, email)))
    expect(free && bytesOf(free)).toMatchObject({
      status: 201,
      text: '{"detail":"Verification e-mail sent."}',
    })
    for (const answer of taken) expect(bytesOf(answer)).toEqual(free && bytesOf(free))
    const mails = await readMails(required)
    const byEmail = Object.fromEntries(mails.map(({ toEmail, template }) => [toEmail, template]))
    expect(byEmail).toEqual({
      [String(emails[0])]: 'verify_email',
      [verified.email]: 'already_registered',
      [unverified.email]: 'verify_email',
    })
    expect(await registrationsOf(verified.email)).toEqual([])
  })

  test('a resend is the same for everybody, and mails the same link', async () => {
    const { email, link } = await registerAndRead()
    const verified = await addAccount(required)
    const unverified = await registerUnverified()
    const inactive = await addAccount(required, { is_active: false })
    await readMails(required)
    await ageMails()
    const emails = [email, verified.email, unverified.email, inactive.email, newEmail()]
    const [first, ...others] = await Promise.all(emails.map((one) => resend(required, one)))
    expect(first && bytesOf(first)).toMatchObject({ status: 200, text: '{}' })
    for (const answer of others) expect(bytesOf(answer)).toEqual(first && bytesOf(first))
    const mails = await readMails(required)
    expect(mails.map(({ toEmail }) => toEmail).toSorted()).toEqual([email, unverified.email].toSorted())
    expect(mails.find(({ toEmail }) => toEmail === email)?.secrets?.link).toBe(link)
    expect((await verify(required, { token: link })).status).toBe(200)
  })

  test('mails of one registration are three at most, one a minute', async () => {
    const { email } = await registerAndRead()
    await resend(required, email)
    expect(await readMails(required)).toEqual([])
    for (const count of [1, 1, 0]) {
      await ageMails()
      await resend(required, email)
      expect(await readMails(required)).toHaveLength(count)
    }
  })

  test('without a proof a right password mails, a wrong one learns nothing', async () => {
    const { email, id } = await registerUnverified()
    expect((await optional.login(email, password)).status).toBe(200)
    await readMails(required)
    await ageMails()
    const wrong = await required.login(email, 'wrong')
    expect(bytesOf(wrong)).toEqual(bytesOf(await required.login(newEmail(), 'wrong')))
    const right = await required.login(email, password)
    expect(right).toMatchObject({
      status: 403,
      text: '{"detail":"E-mail is not verified.","code":"email_not_verified"}',
    })
    const { link } = await readSecrets(required)
    expect(await sessionsOf(db, id)).toHaveLength(2)
    const because = { because: 'email_not_verified' }
    expect(await eventsOf(db, id)).toContainEqual(
      expect.objectContaining({ kind: 'login_failed', detail: because }),
    )
    await verify(required, { token: link })
    expect((await required.login(email, password)).status).toBe(200)
  })

  test('of 64 parallel uses one makes the account', async () => {
    const { email, link, code } = await registerAndRead()
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        verify(required, index % 16 === 0 ? { email, code } : { token: link }),
      ),
    )
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(60)
    const user = await userOf(email)
    const kinds = await kindsOf(user?.id ?? 0)
    expect(kinds.toSorted()).toEqual(['email_verified', 'user_added'])
  })

  test('a code ends after five wrong tries, and the link does not', async () => {
    const { email, link, code } = await registerAndRead()
    for (const wrong of wrongCodes(code, 5))
      expect((await verify(required, { email, code: wrong })).body.code).toBe('link_invalid')
    expect((await verify(required, { email, code })).body.code).toBe('link_invalid')
    await ageMails()
    await resend(required, email)
    const next = await readSecrets(required)
    expect([next.link, next.code === code]).toEqual([link, false])
    expect((await verify(required, { token: link })).status).toBe(200)
  })

  test('strangers cannot end the code of who registered', async () => {
    const { email, code } = await registerAndRead({ browser: 'a secret of the browser' })
    for (const wrong of wrongCodes(code, 6)) await verifyFrom('198.51.100.9', { email, code: wrong })
    expect((await verify(required, { email, code, browser: 'a secret of the browser' })).status).toBe(200)
  })

  test('forged in any character a link is refused', async () => {
    const { link } = await registerAndRead()
    for (const index of link.split('').keys()) {
      const other = link[index] === 'a' ? 'b' : 'a'
      const { status } = await verify(required, {
        token: link.slice(0, index) + other + link.slice(index + 1),
      })
      expect(status).toBe(400)
    }
    expect((await verify(required, { token: link })).status).toBe(200)
  })

  test('a registration that was not confirmed within a day is gone', async () => {
    const { email, link } = await registerAndRead()
    await db.updateTable('registrations').set({ expires_at: sql`now()` }).where('email', '=', email).execute()
    expect((await verify(required, { token: link })).body.code).toBe('link_invalid')
    expect(await pruneRegistrations({ db }, operator)).toBeGreaterThanOrEqual(1)
    expect(await registrationsOf(email)).toEqual([])
  })

  test('the database holds no link and no code', async () => {
    const { link, code } = await registerAndRead()
    const { rows } = await sql<{ text: string }>`
      select row_to_json(t)::text as text from registrations t
      union all select row_to_json(m)::text from mailbox_mails m
      union all select payload::text from graphile_worker._private_jobs`.execute(db)
    const dump = rows.map(({ text }) => text).join('\n')
    const [, id = '', mac = ''] = link.split('.')
    for (const secret of [mac, id, `"${code}"`, password]) expect(dump).not.toContain(secret)
  })
})

describe('a thief who registers the email of a victim first', () => {
  const stolen = 'the password of a thief 1'

  test('loses to the link of the victim', async () => {
    const email = newEmail()
    await register(required, email, { password: stolen })
    const thief = await readSecrets(required)
    await ageMails()
    await register(required, email)
    const victim = await readSecrets(required)
    expect(victim.link).not.toBe(thief.link)
    await verify(required, { token: victim.link })
    expect((await required.login(email, stolen)).status).toBe(401)
    expect((await required.login(email, password)).status).toBe(200)
    expect((await verify(required, { token: thief.link })).body.code).toBe('link_invalid')
    expect((await required.login(email, stolen)).status).toBe(401)
    expect(await registrationsOf(email)).toHaveLength(1)
  })

  test('loses to the code of the victim, whose browser registered', async () => {
    const email = newEmail()
    await register(required, email, { password: stolen, browser: 'of the thief' })
    const thief = await readSecrets(required)
    await ageMails()
    await register(required, email, { browser: 'of the victim' })
    const victim = await readSecrets(required)
    const fromVictim = (code: string) => verify(required, { email, code, browser: 'of the victim' })
    expect((await fromVictim(thief.code)).status).toBe(400)
    expect((await fromVictim(victim.code)).status).toBe(200)
    expect((await required.login(email, password)).status).toBe(200)
  })

  test('gets no mail of the victim by asking for another', async () => {
    const email = newEmail()
    await register(required, email, { browser: 'of the victim' })
    const victim = await readSecrets(required)
    await ageMails()
    await register(required, email, { password: stolen, browser: 'of the thief' })
    await readMails(required)
    await ageMails()
    await resend(required, email, { browser: 'of the victim' })
    expect((await readSecrets(required)).link).toBe(victim.link)
  })

  test('with an unverified account loses it and every session', async () => {
    const { email, id, refresh } = await registerUnverified()
    await readMails(optional)
    await ageMails()
    await register(required, email, { password: another })
    const victim = await readSecrets(required)
    expect((await verify(required, { token: victim.link })).status).toBe(200)
    expect((await required.login(email, password)).status).toBe(401)
    expect((await required.refresh(refresh)).status).toBe(401)
    const { status, body } = await required.login(email, another)
    expect([status, body.user.id]).toEqual([200, id])
  })
})

test('a registration brings no deactivated account back', async () => {
  const { email, id } = await registerUnverified()
  await readMails(optional)
  await ageMails()
  await register(required, email, { password: another })
  const { link } = await readSecrets(required)
  await setActive(required.auth, operator, { userId: id, isActive: false })
  expect((await verify(required, { token: link })).body.code).toBe('link_invalid')
  expect((await userOf(email))?.email_verified_at).toBeNull()
})

test('an account that an operator added is verified', async () => {
  const { email } = await addAccount(required)
  expect((await required.login(email, password)).body.user).toMatchObject({ email_verified: true })
})

test('a session of before lasts when the setting becomes required', async () => {
  const { id, refresh } = await registerUnverified()
  await readMails(optional)
  await age(db, id, '1 minute')
  expect((await required.refresh(refresh)).status).toBe(200)
})

async function verifyFrom(ip: string, body: object) {
  const headers = { 'x-test-address': ip, 'Content-Type': 'application/json' }
  return required.rest('POST', '/api/users/email/verify/', { headers }, JSON.stringify(body))
}
