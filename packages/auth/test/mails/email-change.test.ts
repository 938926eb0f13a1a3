import { sql } from 'kysely'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { eraseUser } from '../../src/admin/erase-user.ts'
import { pruneTokens } from '../../src/admin/mails.ts'
import type { MailContent } from '../../src/mails/index.ts'
import {
  addAccount,
  createService,
  eventsOf,
  logIn,
  openDatabase,
  password,
  sessionsOf,
} from '../support/harness.ts'
import { createChanger, freshEmail, newPassword } from '../support/email-changes.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)
const operator = { client: { ip: null, userAgent: null } }
const { ask, confirm, askAndRead, move } = createChanger(service)
const cancel = (token?: string, body: object = {}) => service.post('email/change/cancel/', body, { token })
const check = (input: object) => service.mutate('auth.emailChangeCheck', input)

/** Templates and mailboxes, in order. */
const describeMails = (mails: MailContent[]) =>
  mails.map(({ template, toEmail }) => `${template} ${toEmail}`).toSorted()

const emailOf = async (token: string) => /"email":"([^"]+)"/.exec((await service.me(token)).text)?.[1]
const kindsOf = async (id: number) => (await eventsOf(db, id)).map(({ kind }) => kind)

/** Whether a query prepares a new connection: a login may still use the one before. */
const isOpening = (query: unknown) => typeof query === 'string' && query.includes('has_citus')

describe('asking', () => {
  test('the answer is the same for a free and a taken email', async () => {
    const person = await logIn(service)
    const other = await addAccount(service)
    const free = await ask(person.access, freshEmail())
    const taken = await ask(person.access, other.email.toUpperCase())
    expect(free).toMatchObject({ status: 200, body: {} })
    expect(taken).toEqual(free)
    await readMails(service)
  })

  test('mails the new email a link, and the old one a notice', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { mails } = await askAndRead(person, newEmail)
    expect(describeMails(mails)).toEqual([
      `email_change ${newEmail}`,
      `email_change_requested ${person.email}`,
    ])
    expect(await emailOf(person.access)).toBe(person.email)
    expect((await service.login(person.email, password)).status).toBe(200)
  })

  test('of a taken email its owner is told once a day', async () => {
    const person = await logIn(service)
    const other = await addAccount(service)
    await ask(person.access, other.email)
    const mails = await readMails(service)
    expect(describeMails(mails)).toEqual([
      `email_change_requested ${person.email}`,
      `email_change_taken ${other.email}`,
    ])
    await ask((await logIn(service)).access, other.email)
    expect((await readMails(service)).map(({ template }) => template)).toEqual(['email_change_requested'])
  })

  test('needs the password, and wrong ones count as for a new password', async () => {
    const limited = await createService(db, {
      ...mailEnv,
      RATE_LIMITS: 'on',
      PASSWORD_CHANGES_PER_USER: '2/1h',
    })
    const person = await logIn(limited)
    const changer = createChanger(limited)
    for (const count of [1, 2]) {
      const answer = await changer.ask(person.access, freshEmail(), { current_password: `wrong ${count}` })
      expect([answer.status, Object.keys(answer.body)]).toEqual([400, ['current_password']])
    }
    expect((await changer.ask(person.access, freshEmail())).status).toBe(429)
    const change = { current_password: password, new_password: newPassword }
    expect((await limited.post('password/change/', change, { token: person.access })).status).toBe(429)
    expect((await kindsOf(person.id)).filter((kind) => kind === 'email_change_failed')).toHaveLength(2)
    expect(await readMails(service)).toEqual([])
  })

  test('needs a session that is live', async () => {
    const person = await logIn(service)
    await service.logout(person.refresh)
    expect((await ask(person.access, freshEmail())).body.code).toBe('token_not_valid')
    expect((await service.post('email/change/', {})).status).toBe(401)
  })

  test('for the email one has, or none, is refused at the field', async () => {
    const person = await logIn(service)
    for (const newEmail of [person.email, 'no email', '']) {
      const { status, body } = await ask(person.access, newEmail)
      expect([status, Object.keys(body)]).toEqual([400, ['new_email']])
    }
  })

  test('again leaves the first mail working', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const first = await askAndRead(person, newEmail)
    await ask(person.access, newEmail)
    const { link } = await readSecrets(service)
    expect(link).toBe(first.toNew.token)
    expect((await confirm({ token: first.toNew.token })).status).toBe(200)
    await readMails(service)
  })

  test('costs the same statements for a free and a taken email', async () => {
    const person = await logIn(service)
    const other = await addAccount(service)
    const query = vi.spyOn(pg.Client.prototype, 'query')
    const counts = []
    for (const newEmail of [freshEmail(), other.email]) {
      query.mockClear()
      await ask(person.access, newEmail)
      const sent = query.mock.calls.filter(([text]: unknown[]) => !isOpening(text))
      counts.push(sent.length)
    }
    query.mockRestore()
    expect(counts[1]).toBe(counts[0])
    await readMails(service)
  })

  test('jobs that run twice write each mail once', async () => {
    const person = await logIn(service)
    await ask(person.access, freshEmail())
    await sql`
      insert into graphile_worker._private_jobs (task_id, payload, max_attempts)
      select task_id, payload, max_attempts from graphile_worker._private_jobs`.execute(db)
    const templates = (await readMails(service)).map(({ template }) => template)
    expect(templates.toSorted()).toEqual(['email_change', 'email_change_requested'])
  })

  test('a service without mail says so', async () => {
    const silent = await createService(db)
    const { access } = await logIn(silent)
    const answers = [
      await createChanger(silent).ask(access, freshEmail()),
      await silent.post('email/change/confirm/', { token: 'a' }),
      await silent.post('email/change/cancel/', {}, { token: access }),
      await silent.post('undo/', { token: 'a', code: '123456' }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { code: 'mail_off' } })
  })
})

describe('confirming', () => {
  test('moves the account to the new email, and tells both', async () => {
    const person = await logIn(service)
    const newEmail = `New-${freshEmail()}`
    const { mails } = await move(person, newEmail)
    expect(describeMails(mails)).toEqual([`email_changed ${person.email}`, `email_is_new ${newEmail}`])
    expect((await service.login(newEmail.toLowerCase(), password)).status).toBe(200)
    expect((await service.login(person.email, password)).status).toBe(401)
    const user = await db.selectFrom('users').selectAll().where('id', '=', person.id).executeTakeFirst()
    expect(user?.email).toBe(newEmail)
    expect(user?.email_verified_at).not.toBeNull()
    expect(await kindsOf(person.id)).toEqual(
      expect.arrayContaining(['email_change_requested', 'email_changed']),
    )
  })

  test('ends no session; the next refresh and me carry the new email', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    await move(person, newEmail)
    expect(await emailOf(person.access)).toBe(newEmail)
    const { status, body } = await service.refresh(person.refresh)
    expect(status).toBe(200)
    const claims: unknown = JSON.parse(Buffer.from(body.access.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ email: newEmail })
    expect((await sessionsOf(db, person.id)).map(({ revoked_at }) => revoked_at)).toEqual([null])
  })

  test('takes the code with the email that the account still has', async () => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail())
    expect((await confirm({ email: person.email.toUpperCase(), code: toNew.code })).status).toBe(200)
    await readMails(service)
  })

  test('five wrong codes end the code and not the link', async () => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail())
    for (let count = 1; count <= 5; count += 1) {
      const code = String((Number(toNew.code) + count) % 1_000_000).padStart(6, '0')
      expect((await confirm({ email: person.email, code })).body.code).toBe('link_invalid')
    }
    expect((await confirm({ email: person.email, code: toNew.code })).body.code).toBe('link_invalid')
    expect((await confirm({ token: toNew.token })).status).toBe(200)
    await readMails(service)
  })

  test('of 64 parallel uses of one link one wins', async () => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail())
    const answers = await Promise.all(Array.from({ length: 64 }, () => confirm({ token: toNew.token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    const codes = answers.flatMap(({ status, body }) => (status === 200 ? [] : [body.code]))
    expect(new Set(codes)).toEqual(new Set(['link_used']))
    await readMails(service)
  })

  test('of two accounts that ask for one email, the first gets it', async () => {
    const [ada, eve] = [await logIn(service), await logIn(service)]
    const newEmail = freshEmail()
    const adas = await askAndRead(ada, newEmail)
    const eves = await askAndRead(eve, newEmail.toUpperCase())
    const links = [adas.toNew.token, eves.toNew.token]
    const answers = await Promise.all(links.map((token) => confirm({ token })))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 400]))
    const loser = answers.findIndex(({ status }) => status === 400)
    expect(answers[loser]?.body.code).toBe('email_taken')
    const winner = loser === 0 ? eve : ada
    expect(await emailOf(winner.access)).toMatch(new RegExp(newEmail, 'i'))
    await eraseUser(service.auth, operator, { userId: winner.id })
    expect((await confirm({ token: links[loser] ?? '' })).status).toBe(200)
    await readMails(service)
  })

  test('a registration that takes the email first keeps it', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew } = await askAndRead(person, newEmail)
    expect((await service.post('register/', { email: newEmail, password })).status).toBe(201)
    expect((await confirm({ token: toNew.token })).body.code).toBe('email_taken')
    expect(await emailOf(person.access)).toBe(person.email)
  })

  test('two accounts that exchange emails do not deadlock', async () => {
    const [ada, eve] = [await logIn(service), await logIn(service)]
    await ask(ada.access, freshEmail())
    await ask(eve.access, freshEmail())
    const mails = await readMails(service)
    for (const [from, to] of [
      [ada, eve],
      [eve, ada],
    ] as const) {
      await db
        .updateTable('email_changes')
        .set({ new_email: to.email })
        .where('user_id', '=', from.id)
        .execute()
    }
    const links = mails.flatMap(({ template, secrets }) =>
      template === 'email_change' && secrets ? [secrets.link] : [],
    )
    const answers = await Promise.all(links.map((token) => confirm({ token })))
    expect(answers.map(({ body }) => body.code)).toEqual(['email_taken', 'email_taken'])
  })

  test('voids other links that were mailed', async () => {
    const person = await logIn(service)
    await service.post('password/reset/', { email: person.email })
    const { link } = await readSecrets(service)
    await move(person, freshEmail())
    const reset = await service.post('password/reset/confirm/', { token: link, new_password: newPassword })
    expect(reset.body.code).toBe('link_invalid')
  })
})

describe('a change is over', () => {
  test('when the person cancels it', async () => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail())
    expect(await cancel(person.access)).toMatchObject({ status: 200, body: {} })
    expect((await confirm({ token: toNew.token })).body.code).toBe('link_invalid')
    expect(await cancel(person.access)).toMatchObject({ status: 200, body: {} })
    expect(await kindsOf(person.id)).toContain('email_change_cancelled')
    expect((await cancel()).status).toBe(401)
  })

  test('when the reader of the old mailbox cancels it', async () => {
    const person = await logIn(service)
    const { toNew, toOld } = await askAndRead(person, freshEmail())
    expect(await cancel(undefined, { token: toOld.token })).toMatchObject({ status: 200, body: {} })
    expect((await confirm({ token: toNew.token })).body.code).toBe('link_invalid')
    expect((await cancel(undefined, { token: toOld.token })).status).toBe(200)
    expect((await cancel(undefined, { token: toNew.token })).body.code).toBe('link_invalid')
  })

  test('when another replaces it', async () => {
    const person = await logIn(service)
    const first = await askAndRead(person, freshEmail())
    const newEmail = freshEmail()
    const second = await askAndRead(person, newEmail)
    expect((await confirm({ token: first.toNew.token })).body.code).toBe('link_invalid')
    expect((await confirm({ token: second.toNew.token })).status).toBe(200)
    expect(await emailOf(person.access)).toBe(newEmail)
    await readMails(service)
  })

  test('before its mails when it is cancelled first', async () => {
    const person = await logIn(service)
    await ask(person.access, freshEmail())
    await cancel(person.access)
    expect(await readMails(service)).toEqual([])
  })

  test.each<[string, (person: { id: number; access: string }) => Promise<unknown>]>([
    [
      'the email changes elsewhere',
      ({ id }) =>
        db
          .updateTable('users')
          .set({ email: `${id}@new.example` })
          .where('id', '=', id)
          .execute(),
    ],
    [
      'the password changes',
      ({ access }) =>
        service.post(
          'password/change/',
          { current_password: password, new_password: newPassword },
          { token: access },
        ),
    ],
    [
      'a day has passed',
      ({ id }) =>
        db
          .updateTable('one_time_tokens')
          .set({ expires_at: sql<Date>`now() - interval '1 second'` })
          .where('user_id', '=', id)
          .execute(),
    ],
  ])('when %s', async (_, happens) => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail())
    await happens(person)
    expect((await confirm({ token: toNew.token })).body.code).toBe('link_invalid')
    await readMails(service)
  })
})

describe('a page', () => {
  const browser = 'a secret of the browser'

  test('needs a button where the change was asked for, else the code', async () => {
    const person = await logIn(service)
    const { toNew } = await askAndRead(person, freshEmail(), { browser })
    const token = toNew.token
    expect((await check({ token, browser })).text).toContain('"is_open":true')
    expect((await check({ token })).text).toContain('"is_open":false')
    expect((await check({ token, code: toNew.code })).text).toContain('"is_open":true')
  })
})

describe('the former email', () => {
  test('cannot be registered for a week, and then it can', async () => {
    const person = await logIn(service)
    await move(person, freshEmail())
    const register = () => service.post('register/', { email: person.email.toUpperCase(), password })
    expect((await register()).status).toBe(400)
    const other = await logIn(service)
    await ask(other.access, person.email)
    expect((await readMails(service)).map(({ template }) => template)).toContain('email_change_taken')
    await db
      .updateTable('emails')
      .set({ kept_until: sql<Date>`now()` })
      .where('user_id', '=', person.id)
      .where('kept_until', 'is not', null)
      .execute()
    expect((await register()).status).toBe(201)
  })

  test('is released by the prune when its week is over', async () => {
    const person = await logIn(service)
    await move(person, freshEmail())
    const rows = () => db.selectFrom('emails').select('email').where('user_id', '=', person.id).execute()
    await pruneTokens({ db }, { client: { ip: null, userAgent: null } }, { olderThanDays: 1 })
    expect(await rows()).toHaveLength(2)
    await db
      .updateTable('emails')
      .set({ kept_until: sql<Date>`now()` })
      .where('email', '=', person.email)
      .execute()
    await pruneTokens({ db }, { client: { ip: null, userAgent: null } }, { olderThanDays: 1 })
    expect(await rows()).toHaveLength(1)
  })

  test('can be taken back by its owner', async () => {
    const person = await logIn(service)
    await move(person, freshEmail())
    await move(person, person.email)
    expect((await service.login(person.email, password)).status).toBe(200)
  })
})
