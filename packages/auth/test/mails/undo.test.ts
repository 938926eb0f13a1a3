import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  createChanger,
  findSecrets,
  freshEmail,
  newPassword,
  recoveredPassword,
} from '../support/email-changes.ts'
import {
  addAccount,
  createService,
  earlier,
  eventsOf,
  logIn,
  openDatabase,
  password,
} from '../support/harness.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)
const { ask, askAndRead, confirm, move, recover, undo } = createChanger(service)

const stolenPassword = 'what the attacker chose'
const changePassword = (access: string, current_password: string, new_password: string) =>
  service.post('password/change/', { current_password, new_password }, { token: access })

/** An owner whose attacker has the password and a session, changes both and then the email to B. */
async function loseAccount() {
  const owner = await logIn(service)
  const stolen = await service.login(owner.email, password)
  const changed = await changePassword(stolen.body.access, password, stolenPassword)
  const undoOfPassword = findSecrets(await readMails(service), 'password_changed')
  const attacker = { access: changed.body.access, refresh: changed.body.refresh, email: freshEmail() }
  const { undo: undoOfEmail } = await move(attacker, attacker.email, { current_password: stolenPassword })
  return { owner, attacker, undoOfPassword, undoOfEmail }
}

/** The owner chooses a password with the mail of the undo, and the attacker can do nothing. */
async function expectOwnerInControl(
  owner: { email: string },
  attacker: { access: string; refresh: string; email: string },
) {
  expect((await service.login(owner.email, stolenPassword)).status).toBe(401)
  expect((await service.login(owner.email, password)).status).toBe(401)
  const access = await recover(owner.email)
  expect((await service.me(access)).status).toBe(200)
  expect((await service.me(attacker.access)).status).toBe(401)
  expect((await service.refresh(attacker.refresh)).status).toBe(401)
  expect((await service.login(owner.email, stolenPassword)).status).toBe(401)
  expect((await service.login(attacker.email, stolenPassword)).status).toBe(401)
}

const isOver = { status: 400, body: { code: 'link_invalid' } }

describe('the owner gets the account back', () => {
  test('from an attacker with password, email and every session', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    expect(await undo(undoOfEmail)).toMatchObject({ status: 200, body: {} })
    await expectOwnerInControl(owner, attacker)
    expect((await eventsOf(db, owner.id)).map(({ kind }) => kind)).toContain('change_undone')
  })

  test('with the undo of the password alone, which restores the email too', async () => {
    const { owner, attacker, undoOfPassword, undoOfEmail } = await loseAccount()
    expect((await undo(undoOfPassword)).status).toBe(200)
    await expectOwnerInControl(owner, attacker)
    expect(await undo(undoOfEmail)).toMatchObject(isOver)
  })

  test('after A, B, C, when the owner undoes first', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    const second = await move(attacker, freshEmail(), { current_password: stolenPassword })
    expect((await undo(undoOfEmail)).status).toBe(200)
    expect(await undo(second.undo)).toMatchObject(isOver)
    await expectOwnerInControl(owner, attacker)
  })

  test('after A, B, C, when the attacker at B undoes first', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    const second = await move(attacker, freshEmail(), { current_password: stolenPassword })
    expect((await undo(second.undo)).status).toBe(200)
    const { token } = findSecrets(await readMails(service), 'account_recovered')
    await service.post('password/reset/confirm/', { token, new_password: stolenPassword })
    const attackersNotices = await readMails(service)
    const session = (await service.login(attacker.email, stolenPassword)).body
    expect((await undo(undoOfEmail)).status).toBe(200)
    expect(await undo(findSecrets(attackersNotices, 'password_was_reset'))).toMatchObject(isOver)
    await expectOwnerInControl(owner, { ...attacker, ...session })
  })

  test('when the attacker registers the old email meanwhile', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    const taken = await service.post('register/', { email: owner.email, password: stolenPassword })
    expect(taken.status).toBe(400)
    const other = await logIn(service)
    await ask(other.access, owner.email)
    await readMails(service)
    expect((await undo(undoOfEmail)).status).toBe(200)
    await expectOwnerInControl(owner, attacker)
  })

  test('while registrations race the change for the old email', async () => {
    const owner = await logIn(service)
    const { toNew } = await askAndRead(owner, freshEmail())
    const [changed, ...registered] = await Promise.all([
      confirm({ token: toNew.token }),
      ...Array.from({ length: 16 }, () =>
        service.post('register/', { email: owner.email, password: stolenPassword }),
      ),
    ])
    expect(changed.status).toBe(200)
    expect(new Set(registered.map(({ status }) => status))).toEqual(new Set([400]))
    expect((await undo(findSecrets(await readMails(service), 'email_changed'))).status).toBe(200)
    await recover(owner.email)
  })

  test('while a change is open, also if the attacker confirms later', async () => {
    const owner = await logIn(service)
    const attacker = { ...(await service.login(owner.email, password)).body, email: freshEmail() }
    const { toNew, toOld } = await askAndRead(attacker, attacker.email)
    expect((await undo(toOld)).status).toBe(200)
    expect((await confirm({ token: toNew.token })).body.code).toBe('link_invalid')
    await expectOwnerInControl(owner, attacker)
  })

  test('with the mail about the request, after the change was made', async () => {
    const owner = await logIn(service)
    const attacker = { ...(await service.login(owner.email, password)).body, email: freshEmail() }
    const { toNew, toOld } = await askAndRead(attacker, attacker.email)
    await confirm({ token: toNew.token })
    await readMails(service)
    expect((await undo(toOld)).status).toBe(200)
    await expectOwnerInControl(owner, attacker)
  })

  test('from a stolen session: a reset ends the change that it opened', async () => {
    const owner = await logIn(service)
    const stolen = await service.login(owner.email, password)
    const { toNew } = await askAndRead({ access: stolen.body.access }, freshEmail())
    await service.post('password/reset/', { email: owner.email })
    const { link } = await readSecrets(service)
    await service.post('password/reset/confirm/', { token: link, new_password: newPassword })
    expect((await confirm({ token: toNew.token })).body.code).toBe('link_invalid')
    expect((await service.login(owner.email, newPassword)).status).toBe(200)
    await readMails(service)
  })

  test('when a reset and the confirmation of a change race', async () => {
    const owner = await logIn(service)
    const stolen = await service.login(owner.email, password)
    await service.post('password/reset/', { email: owner.email })
    const { link } = await readSecrets(service)
    const { toNew } = await askAndRead({ access: stolen.body.access }, freshEmail())
    const [reset, changed] = await Promise.all([
      service.post('password/reset/confirm/', { token: link, new_password: newPassword }),
      confirm({ token: toNew.token }),
    ])
    expect(new Set([reset.status, changed.status])).toEqual(new Set([200, 400]))
    const mails = await readMails(service)
    if (changed.status === 200) {
      await undo(findSecrets(mails, 'email_changed'))
      await recover(owner.email)
    }
    const chosen = changed.status === 200 ? recoveredPassword : newPassword
    expect((await service.login(owner.email, chosen)).status).toBe(200)
  })

  test('when owner and attacker ask for two changes at once', async () => {
    const owner = await logIn(service)
    const stolen = await service.login(owner.email, password)
    const emails = { owners: freshEmail(), attackers: freshEmail() }
    await Promise.all([ask(owner.access, emails.owners), ask(stolen.body.access, emails.attackers)])
    const mails = await readMails(service)
    const links = mails.flatMap(({ template, secrets }) =>
      template === 'email_change' && secrets ? [secrets.link] : [],
    )
    const answers = await Promise.all(links.map((token) => confirm({ token })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await undo(findSecrets(await readMails(service), 'email_changed'))).status).toBe(200)
    await expectOwnerInControl(owner, { ...stolen.body, email: emails.attackers })
  })

  test('with a mail to choose a password that no count stops', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    for (let count = 0; count < 3; count += 1) {
      await service.post('password/reset/', { email: attacker.email })
      await db
        .updateTable('outgoing_mails')
        .set({ created_at: earlier('created_at', '2 minutes') })
        .execute()
      await readMails(service)
    }
    await undo(undoOfEmail)
    await expectOwnerInControl(owner, attacker)
  })
})

describe('an undo', () => {
  test('mails both: the owner a way in, the other what happened', async () => {
    const { owner, attacker, undoOfEmail } = await loseAccount()
    await undo(undoOfEmail)
    const mails = await readMails(service)
    expect(mails.map(({ template, toEmail }) => `${template} ${toEmail}`).toSorted()).toEqual([
      `account_recovered ${owner.email}`,
      `email_change_undone ${attacker.email}`,
    ])
    expect(mails.find(({ template }) => template === 'email_change_undone')?.secrets).toBe(undefined)
  })

  test('goes to the old mailbox alone', async () => {
    const person = await logIn(service)
    const { mails } = await move(person, freshEmail())
    const withLink = mails.filter(({ secrets }) => secrets !== undefined)
    expect(withLink.map(({ toEmail }) => toEmail)).toEqual([person.email])
  })

  test('works once, and of 64 parallel uses one wins', async () => {
    const { undoOfEmail } = await loseAccount()
    const answers = await Promise.all(Array.from({ length: 64 }, () => undo(undoOfEmail)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await undo(undoOfEmail)).body.code).toBe('link_used')
    await readMails(service)
  })

  test('is over after a week', async () => {
    const { owner, undoOfEmail } = await loseAccount()
    await db
      .updateTable('one_time_tokens')
      .set({ expires_at: sql<Date>`now()` })
      .where('user_id', '=', owner.id)
      .execute()
    expect(await undo(undoOfEmail)).toMatchObject(isOver)
  })

  test('of another user is refused', async () => {
    const [ada, eve] = [await loseAccount(), await loseAccount()]
    expect(await undo({ token: ada.undoOfEmail.token, code: eve.undoOfEmail.code })).toMatchObject(isOver)
    const [user] = eve.undoOfEmail.token.split('.')
    const [, id, mac] = ada.undoOfEmail.token.split('.')
    expect(await undo({ token: [user, id, mac].join('.'), code: ada.undoOfEmail.code })).toMatchObject(isOver)
  })

  test('opens nothing else: no reset and no change of email', async () => {
    const { undoOfEmail } = await loseAccount()
    const { token } = undoOfEmail
    const answers = [
      await service.post('password/reset/confirm/', { token, new_password: newPassword }),
      await confirm({ token }),
    ]
    for (const answer of answers) expect(answer).toMatchObject(isOver)
  })

  test('brings a user back whose folded email is another’s', async () => {
    const owner = await logIn(service)
    const other = await addAccount(service, { email: `Ida-${freshEmail()}` })
    const spelling = other.email.toUpperCase()
    await db.deleteFrom('emails').where('user_id', '=', owner.id).execute()
    await sql`drop index if exists users_lower_email_key`.execute(db)
    await db.updateTable('users').set({ email: spelling }).where('id', '=', owner.id).execute()
    await db.insertInto('emails').values({ email: spelling, user_id: owner.id }).execute()
    await db
      .insertInto('email_collisions')
      .values({ email: other.email.toLowerCase(), user_id: owner.id })
      .execute()
    const { undo: secrets } = await move(owner, freshEmail())
    expect((await undo(secrets)).status).toBe(200)
    await recover(spelling)
    expect((await service.login(other.email, password)).status).toBe(200)
  })
})

describe('a robot at the undo of a rightful change', () => {
  test('changes nothing with any request that lacks the code', async () => {
    const person = await logIn(service)
    const newEmail = freshEmail()
    const { undo: secrets } = await move(person, newEmail)
    const { token, code } = secrets
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
    const form = new URLSearchParams({ token })
    const requests = [
      ...['GET', 'HEAD', 'PUT', 'DELETE'].map((method) =>
        service.rest(method, `/api/users/undo/?token=${token}&t=${token}&code=${code}`),
      ),
      service.rest('POST', `/api/users/undo/?token=${token}&code=${code}`),
      service.rest('POST', '/api/users/undo/', {}, form),
      service.post('undo/', { token }),
      service.post('undo/', { token, code: '' }),
      service.post('undo/', { token, code: wrong }),
      service.post('undo/', { code }),
      service.query(`auth.undo?input=${encodeURIComponent(JSON.stringify(secrets))}`),
    ]
    for (const answer of await Promise.all(requests)) expect(answer.status).toBeGreaterThanOrEqual(400)
    expect((await service.me(person.access)).text).toContain(newEmail)
    expect((await service.login(newEmail, password)).status).toBe(200)
    expect((await undo(secrets)).status).toBe(200)
    await readMails(service)
  })

  test('ends neither link nor code with fifty wrong codes', async () => {
    const { undoOfEmail } = await loseAccount()
    for (let count = 1; count <= 50; count += 1) {
      const code = String((Number(undoOfEmail.code) + count) % 1_000_000).padStart(6, '0')
      expect(await undo({ ...undoOfEmail, code })).toMatchObject(isOver)
    }
    expect((await undo(undoOfEmail)).status).toBe(200)
    await readMails(service)
  })
})

test('with EMAIL_VERIFICATION=required both emails count as proven', async () => {
  const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })
  const changer = createChanger(required)
  const owner = await logIn(required)
  const newEmail = freshEmail()
  const { undo: secrets } = await changer.move(owner, newEmail)
  expect((await required.login(newEmail, password)).status).toBe(200)
  await db.updateTable('users').set({ email_verified_at: null }).where('id', '=', owner.id).execute()
  expect((await required.login(newEmail, password)).status).toBe(403)
  await readMails(required)
  expect((await changer.undo(secrets)).status).toBe(200)
  await changer.recover(owner.email)
})

test('the database holds no link and no code of changes and undos', async () => {
  const owner = await logIn(service)
  const { toNew, toOld } = await askAndRead(owner, freshEmail())
  await confirm({ token: toNew.token })
  const { rows } = await sql<{ text: string }>`
    select row_to_json(t)::text as text from one_time_tokens t
    union all select row_to_json(c)::text from email_changes c
    union all select row_to_json(m)::text from outgoing_mails m
    union all select row_to_json(m)::text from mailbox_mails m
    union all select payload::text from graphile_worker._private_jobs`.execute(db)
  const dump = rows.map(({ text }) => text).join('\n')
  for (const { token, code } of [toNew, toOld]) {
    const [, id = 'none', mac = 'none'] = token.split('.')
    for (const secret of [id, mac, `"${code}"`]) expect(dump).not.toContain(secret)
  }
  await readMails(service)
})
