import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { eraseUser } from '../../src/admin/erase-user.ts'
import { connect } from '../../src/db/postgres/connect.ts'
import { createChanger, findSecrets, freshEmail, newPassword } from '../support/email-changes.ts'
import { createService, eventsOf, logIn, openDatabase, password, type Service } from '../support/harness.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'

const { db, url } = await openDatabase()
const bothEnv = { ...mailEnv, EMAIL_CHANGE: 'both' }
const service = await createService(db, bothEnv)
const operator = { client: { ip: null, userAgent: null } }
const { ask, confirm, undo } = createChanger(service)
const cancel = (token: string) => service.post('email/change/cancel/', { token })
const check = (input: object) => service.mutate('auth.emailChangeCheck', input)

const emailOf = async (access: string) => /"email":"([^"]+)"/.exec((await service.me(access)).text)?.[1]
const consentsOf = async (id: number) =>
  (await eventsOf(db, id)).flatMap(({ kind, detail }) => (kind === 'email_change_consented' ? [detail] : []))
const countOf = async (id: number, wanted: string) =>
  (await eventsOf(db, id)).filter(({ kind }) => kind === wanted).length

const unverify = (id: number) =>
  db.updateTable('users').set({ email_verified_at: null }).where('id', '=', id).execute()

/** Asks for another email and reads what both mailboxes got. */
async function askBoth(person: { access: string }, newEmail: string, more: object = {}) {
  await ask(person.access, newEmail, more)
  const mails = await readMails(service)
  return {
    mails,
    toNew: { token: findSecrets(mails, 'email_change').token },
    toOld: findSecrets(mails, 'email_change_consent'),
    newCode: findSecrets(mails, 'email_change').code,
  }
}

describe('where both mailboxes must agree', () => {
  test('the old one is asked in a mail of its own', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { mails } = await askBoth(person, newEmail)
    expect(mails.map(({ template, toEmail }) => `${template} ${toEmail}`).toSorted()).toEqual([
      `email_change ${newEmail}`,
      `email_change_consent ${person.email}`,
    ])
  })

  test.each(['old', 'new'] as const)('the %s one alone changes nothing, both do', async (first) => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew, toOld } = await askBoth(person, newEmail)
    const [one, other] = first === 'old' ? [toOld, toNew] : [toNew, toOld]
    const missing = first === 'old' ? 'new_email' : 'old_email'
    expect(await confirm(one)).toMatchObject({ status: 200, body: { waits_for: missing } })
    expect(await emailOf(person.access)).toBe(person.email)
    expect((await confirm(one)).body.code).toBe('link_used')
    expect(await emailOf(person.access)).toBe(person.email)
    expect(await readMails(service)).toEqual([])
    expect((await confirm(other)).text).toBe('{}')
    expect(await emailOf(person.access)).toBe(newEmail)
    const second = first === 'old' ? 'new' : 'old'
    expect(await consentsOf(person.id)).toEqual([{ mailbox: first }, { mailbox: second }])
    for (const proof of [one, other]) expect((await confirm(proof)).body.code).toBe('link_used')
    const mails = await readMails(service)
    expect(mails.map(({ template }) => template).toSorted()).toEqual(['email_changed', 'email_is_new'])
  })

  test('the new one agrees with its code and the old email', async () => {
    const person = await logIn(service)
    const { newCode } = await askBoth(person, freshEmail())
    const { body } = await confirm({ email: person.email, code: newCode })
    expect(body).toEqual({ waits_for: 'old_email' })
  })

  test('the code of the old one with an email agrees to nothing', async () => {
    const person = await logIn(service)
    const { toOld } = await askBoth(person, freshEmail())
    expect((await confirm({ email: person.email, code: toOld.code })).body.code).toBe('link_invalid')
  })

  test('64 parallel consents of both, on two servers, apply it once', async () => {
    const other = connect({ url, poolSize: 20 })
    try {
      const beside = createChanger(await createService(other, bothEnv))
      const person = await logIn(service)
      const { toNew, toOld } = await askBoth(person, freshEmail())
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          (index % 4 < 2 ? confirm : beside.confirm)(index % 2 === 0 ? toNew : toOld),
        ),
      )
      expect(answers.filter(({ text }) => text === '{}')).toHaveLength(1)
      expect(answers.filter(({ text }) => text.includes('waits_for'))).toHaveLength(1)
      expect(await countOf(person.id, 'email_changed')).toBe(1)
      expect(await consentsOf(person.id)).toHaveLength(2)
      await readMails(service)
    } finally {
      await other.destroy()
    }
  })

  test('both at the same moment apply it, ten times in a row', async () => {
    const person = await logIn(service)
    for (let round = 0; round < 10; round += 1) {
      const newEmail = freshEmail()
      const { toNew, toOld } = await askBoth(person, newEmail)
      const answers = await Promise.all([confirm(toNew), confirm(toOld)])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(await emailOf(person.access)).toBe(newEmail)
      await readMails(service)
    }
  })
})

describe('a robot in the old mailbox', () => {
  const browser = 'a secret of the browser'

  test('agrees to nothing with the link, from any browser but the asker', async () => {
    const person = await logIn(service)
    const { toNew, toOld } = await askBoth(person, freshEmail(), { browser })
    const { token } = toOld
    for (const body of [{ token }, { token, browser: 'of the robot' }, { token, code: '' }]) {
      expect((await confirm(body)).status).toBe(400)
    }
    for (let count = 0; count < 120; count += 1) await confirm({ token })
    expect((await service.rest('GET', '/api/users/email/change/confirm/')).status).toBe(405)
    expect((await check({ token })).text).toContain('"is_open":false')
    expect(await consentsOf(person.id)).toEqual([])
    expect((await confirm(toNew)).body).toEqual({ waits_for: 'old_email' })
    expect(await emailOf(person.access)).toBe(person.email)
    expect((await confirm(toOld)).text).toBe('{}')
    await readMails(service)
  })

  test('has no secret of the browser that asked, which needs no code', async () => {
    const person = await logIn(service)
    const { toOld } = await askBoth(person, freshEmail(), { browser })
    const { token } = toOld
    expect((await check({ token, browser })).text).toContain('"is_open":true')
    expect((await confirm({ token, browser })).body).toEqual({ waits_for: 'new_email' })
  })

  test('a wrong code agrees to nothing', async () => {
    const person = await logIn(service)
    const { toOld } = await askBoth(person, freshEmail())
    const code = String((Number(toOld.code) + 1) % 1_000_000).padStart(6, '0')
    expect((await confirm({ token: toOld.token, code })).body.code).toBe('link_invalid')
    expect(await consentsOf(person.id)).toEqual([])
  })
})

describe('a consent is void', () => {
  test.each(['old', 'new'] as const)('when the change is cancelled after that of the %s', async (first) => {
    const person = await logIn(service)
    const { toNew, toOld } = await askBoth(person, freshEmail())
    const [one, other] = first === 'old' ? [toOld, toNew] : [toNew, toOld]
    await confirm(one)
    expect((await cancel(toOld.token)).status).toBe(200)
    expect((await confirm(other)).body.code).toBe('link_invalid')
    expect(await emailOf(person.access)).toBe(person.email)
  })

  test('when another change replaces the first', async () => {
    const person = await logIn(service)
    const first = await askBoth(person, freshEmail())
    await confirm(first.toOld)
    const second = await askBoth(person, freshEmail())
    expect((await confirm(first.toOld)).body.code).toBe('link_invalid')
    expect((await confirm(second.toNew)).body).toEqual({ waits_for: 'old_email' })
  })

  test('when the change is undone before it is applied', async () => {
    const person = await logIn(service)
    const { toNew, toOld } = await askBoth(person, freshEmail())
    await confirm(toNew)
    expect((await undo(toOld)).status).toBe(200)
    expect((await confirm(toOld)).body.code).toBe('link_used')
    expect((await service.login(person.email, password)).status).toBe(401)
    await readMails(service)
  })

  test.each<[string, (person: { id: number; access: string; email: string }) => Promise<unknown>]>([
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
      'the email changes elsewhere',
      ({ id }) =>
        db
          .updateTable('users')
          .set({ email: `${id}@new.example` })
          .where('id', '=', id)
          .execute(),
    ],
    [
      'the user is deactivated',
      ({ id }) => db.updateTable('users').set({ is_active: false }).where('id', '=', id).execute(),
    ],
    [
      'a day has passed',
      ({ id }) =>
        db
          .updateTable('email_changes')
          .set({ expires_at: sql<Date>`now() - interval '1 second'` })
          .where('user_id', '=', id)
          .execute(),
    ],
  ])('when %s', async (_, happens) => {
    const person = await logIn(service)
    const { toNew, toOld } = await askBoth(person, freshEmail())
    await confirm(toNew)
    await happens(person)
    expect((await confirm(toOld)).body.code).toBe('link_invalid')
    expect(await countOf(person.id, 'email_changed')).toBe(0)
    await readMails(service)
  })

  test('and is not revived by the same request after a new password', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew, toOld } = await askBoth(person, newEmail)
    await confirm(toOld)
    const change = { current_password: password, new_password: newPassword }
    await service.post('password/change/', change, { token: person.access })
    const { body } = await service.login(person.email, newPassword)
    await readMails(service)
    const again = await askBoth(body, newEmail, { current_password: newPassword })
    expect((await confirm(toNew)).body.code).toBe('link_invalid')
    expect((await confirm(again.toNew)).body).toEqual({ waits_for: 'old_email' })
  })
})

describe('the new email is taken meanwhile', () => {
  test.each(['old', 'new'] as const)('after the consent of the %s: nothing is lost', async (first) => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew, toOld } = await askBoth(person, newEmail)
    const [one, other] = first === 'old' ? [toOld, toNew] : [toNew, toOld]
    await confirm(one)
    const rival = await logIn(service, { email: newEmail })
    expect((await confirm(other)).body.code).toBe('email_taken')
    expect(await emailOf(person.access)).toBe(person.email)
    await eraseUser(service.auth, operator, { userId: rival.id })
    expect((await confirm(other)).text).toBe('{}')
    await readMails(service)
  })

  test('before the consent of the new one, which says so', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew, toOld } = await askBoth(person, newEmail)
    await logIn(service, { email: newEmail })
    expect((await confirm(toNew)).body.code).toBe('email_taken')
    expect((await confirm(toOld)).body).toEqual({ waits_for: 'new_email' })
  })
})

describe('asking again', () => {
  test('mails both once more, and earlier mails still work', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const first = await askBoth(person, newEmail)
    const second = await askBoth(person, newEmail)
    expect(second.toOld).toEqual(first.toOld)
    await confirm(first.toOld)
    expect((await confirm(first.toNew)).text).toBe('{}')
    await readMails(service)
  })

  test('mails only the mailbox that has not agreed', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { toNew, toOld } = await askBoth(person, newEmail)
    await confirm(toNew)
    await ask(person.access, newEmail)
    expect((await readMails(service)).map(({ template }) => template)).toEqual(['email_change_consent'])
    expect((await confirm(toOld)).text).toBe('{}')
    await readMails(service)
  })
})

test('asking again under both replaces a change asked for under notify', async () => {
  const notifying = createChanger(await createService(db, mailEnv))
  const person = await logIn(service)
  const newEmail = freshEmail()
  const before = await notifying.askAndRead(person, newEmail)
  const { toNew } = await askBoth(person, newEmail)
  expect((await confirm({ token: before.toNew.token })).body.code).toBe('link_invalid')
  expect((await notifying.confirm(toNew)).body).toEqual({ waits_for: 'old_email' })
})

describe('one consent is enough', () => {
  const expectMove = async (on: Service, person: { id: number; access: string }) => {
    const changer = createChanger(on)
    const newEmail = freshEmail()
    const { toOld, toNew } = await changer.askAndRead(person, newEmail)
    expect((await changer.confirm(toOld)).body.code).toBe('link_invalid')
    expect((await changer.confirm(toNew)).text).toBe('{}')
    expect(await emailOf(person.access)).toBe(newEmail)
    expect(await consentsOf(person.id)).toEqual([])
    await readMails(service)
  }

  test('from an email that is not verified', async () => {
    const person = await logIn(service)
    await unverify(person.id)
    await expectMove(service, person)
  })

  test('under notify, the default', async () => {
    const notifying = await createService(db, mailEnv)
    await expectMove(notifying, await logIn(notifying))
  })
})

test('the link of the consent undoes the change for a week', async () => {
  const person = await logIn(service)
  const { toNew, toOld } = await askBoth(person, freshEmail())
  await confirm(toOld)
  await confirm(toNew)
  const mails = await readMails(service)
  expect(findSecrets(mails, 'email_changed')).toEqual(toOld)
  expect((await undo(toOld)).status).toBe(200)
  const user = await db.selectFrom('users').select('email').where('id', '=', person.id).executeTakeFirst()
  expect(user?.email).toBe(person.email)
  await readMails(service)
})

test('a server of the version before cannot apply it with one consent', async () => {
  const person = await logIn(service)
  await askBoth(person, freshEmail())
  const applied = db
    .updateTable('email_changes')
    .set({ applied_at: sql<Date>`now()` })
    .where('user_id', '=', person.id)
    .execute()
  await expect(applied).rejects.toThrow(/email_changes_consents_check/)
})
