import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { addJob } from '../../src/db/jobs.ts'
import { setActive } from '../../src/admin/set-active.ts'
import {
  addAccount,
  createService,
  earlier,
  eventsOf,
  openDatabase,
  password,
  type Service,
  sessionsOf,
  logIn,
} from '../support/harness.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)

const newPassword = 'seven ferries at noon'

const ask = (email: string, more: object = {}) => service.post('password/reset/', { email, ...more })
const confirm = (body: object) =>
  service.post('password/reset/confirm/', { new_password: newPassword, ...body })
const check = (input: object) => service.mutate('auth.passwordResetCheck', input)

async function askAndRead(more: object = {}) {
  const account = await logIn(service)
  await ask(account.email, more)
  return { ...account, ...(await readSecrets(service)) }
}

/** Lets time pass for the mails of a user. */
async function ageMails(userId: number, interval: string): Promise<void> {
  await db
    .updateTable('outgoing_mails')
    .set({ created_at: earlier('created_at', interval) })
    .where('user_id', '=', userId)
    .execute()
}

describe('asking', () => {
  test('the answer is the same whoever has the email', async () => {
    const known = await addAccount(service)
    const inactive = await addAccount(service, { is_active: false })
    const answers = await Promise.all(
      [known.email, inactive.email, `none-${randomUUID()}@example.com`].map((email) => ask(email)),
    )
    expect(answers[0]).toMatchObject({ status: 200, body: {} })
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
    const mails = await readMails(service)
    expect(mails.map(({ template }) => template).toSorted()).toEqual(['no_account', 'password_reset'])
    expect(mails.map(({ toEmail }) => toEmail)).not.toContain(inactive.email)
  })

  test('an email without an account hears so once a day', async () => {
    const email = `none-${randomUUID()}@example.com`
    await ask(email)
    await ask(email.toUpperCase())
    expect(await readMails(service)).toMatchObject([{ template: 'no_account' }])
    await ask(email)
    expect(await readMails(service, { mailsUnknown: false })).toEqual([])
  })

  test('a second request within a minute mails nothing', async () => {
    const { email } = await addAccount(service)
    await ask(email)
    await ask(email)
    expect(await readMails(service)).toHaveLength(1)
  })

  test('a resend mails the same link, three times at most', async () => {
    const { email, id } = await addAccount(service)
    const links = new Set<string>()
    for (const _ of [1, 2, 3]) {
      await ask(email)
      const { link } = await readSecrets(service)
      links.add(link)
      await ageMails(id, '2 minutes')
    }
    expect(links.size).toBe(1)
    await ask(email)
    expect(await readMails(service)).toEqual([])
  })

  test('a job that runs twice writes one mail', async () => {
    const { email } = await addAccount(service)
    await ask(email)
    await sql`
      insert into graphile_worker._private_jobs (task_id, payload, max_attempts)
      select task_id, payload, max_attempts from graphile_worker._private_jobs`.execute(db)
    expect(await readMails(service)).toHaveLength(1)
  })

  test('what is no email is refused in the words of Django', async () => {
    const answer = await ask('no email')
    expect(answer).toMatchObject({ status: 400, body: { email: ['Enter a valid email address.'] } })
  })

  test('a service without mail says so', async () => {
    const silent = await createService(db)
    const answers = [
      await silent.post('password/reset/', { email: 'ada@example.com' }),
      await silent.post('password/reset/confirm/', { token: 'a', new_password: newPassword }),
    ]
    for (const answer of answers) expect(answer).toMatchObject({ status: 403, body: { code: 'mail_off' } })
  })

  test('one address may ask twenty times an hour', async () => {
    const limited = await createService(db, { ...mailEnv, RATE_LIMITS: 'on' })
    const statuses = []
    for (let count = 0; count < 21; count += 1) {
      const body = JSON.stringify({ email: `${randomUUID()}@example.com` })
      const headers = { 'x-test-address': '198.51.100.77', 'Content-Type': 'application/json' }
      statuses.push((await limited.rest('POST', '/api/users/password/reset/', { headers }, body)).status)
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(20)
    expect(statuses.at(-1)).toBe(429)
    await readMails(service)
  })
})

describe('the link', () => {
  test('sets another password and ends every session', async () => {
    const { email, id, link, refresh } = await askAndRead()
    expect(await confirm({ token: link })).toMatchObject({ status: 200, body: {} })
    expect((await service.login(email, password)).status).toBe(401)
    expect((await service.refresh(refresh)).status).toBe(401)
    expect((await service.login(email, newPassword)).status).toBe(200)
    const [old] = await sessionsOf(db, id)
    expect(old?.revoked_because).toBe('password_reset')
    const kinds = (await eventsOf(db, id)).map(({ kind }) => kind)
    expect(kinds).toEqual(
      expect.arrayContaining(['password_reset_requested', 'password_reset', 'session_revoked']),
    )
    const user = await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
    expect(user.email_verified_at).not.toBeNull()
  })

  test('works once, and then says that it was used', async () => {
    const { link } = await askAndRead()
    await confirm({ token: link })
    expect(await confirm({ token: link })).toMatchObject({ status: 400, body: { code: 'link_used' } })
  })

  test('of 64 parallel uses one wins', async () => {
    const { link, email } = await askAndRead()
    const passwords = Array.from({ length: 64 }, (_, index) => `seven ferries at ${index} sharp`)
    const answers = await Promise.all(
      passwords.map(async (new_password) => confirm({ token: link, new_password })),
    )
    const winners = answers.flatMap(({ status }, index) => (status === 200 ? [passwords[index]] : []))
    expect(winners).toHaveLength(1)
    expect((await service.login(email, winners[0])).status).toBe(200)
  })

  test('survives a password that may not be chosen', async () => {
    const { link } = await askAndRead()
    const refused = await confirm({ token: link, new_password: 'password' })
    expect([refused.status, Object.keys(refused.body)]).toEqual([400, ['new_password']])
    expect((await confirm({ token: link })).status).toBe(200)
  })

  test('survives a login that renews the hash', async () => {
    const { link, id } = await askAndRead()
    await db.updateTable('users').set({ password_hash: 'another' }).where('id', '=', id).execute()
    expect((await confirm({ token: link })).status).toBe(200)
  })

  test.each<[string, (account: { id: number; access: string }) => Promise<unknown>]>([
    ['a changed password', ({ access }) => changePassword(service, access)],
    ['a deactivated user', ({ id }) => setActive(service.auth, operator, { userId: id, isActive: false })],
    [
      'another email',
      ({ id }) =>
        db
          .updateTable('users')
          .set({ email: `${id}@new.example` })
          .where('id', '=', id)
          .execute(),
    ],
    [
      'an hour',
      ({ id }) =>
        db.updateTable('one_time_tokens').set({ expires_at: past }).where('user_id', '=', id).execute(),
    ],
  ])('is void after %s', async (_, change) => {
    const account = await askAndRead()
    await change(account)
    expect(await confirm({ token: account.link })).toMatchObject({
      status: 400,
      body: { code: 'link_invalid' },
    })
  })

  test('forged in any character it is refused', async () => {
    const { link } = await askAndRead()
    const forged = Array.from(link, (char, index) => {
      const other = char === 'a' ? 'b' : 'a'
      return link.slice(0, index) + other + link.slice(index + 1)
    })
    for (const token of [...forged, '', 'a', `${link}a`, link.replaceAll('.', '')]) {
      const { status, body } = await confirm({ token })
      expect([status, body.code ?? 'invalid_input'].join()).toMatch(/^400,(link_invalid|invalid_input)$/)
    }
    expect((await confirm({ token: link })).status).toBe(200)
  })

  test('of another user is refused', async () => {
    const ada = await askAndRead()
    const eve = await askAndRead()
    const [user] = eve.link.split('.')
    const [, id, mac] = ada.link.split('.')
    expect((await confirm({ token: [user, id, mac].join('.') })).body.code).toBe('link_invalid')
  })

  test('clears the wrong passwords that keep the owner waiting', async () => {
    const limited = await createService(db, {
      ...mailEnv,
      RATE_LIMITS: 'on',
      LOGIN_FAILURES_PER_DEVICE: '1/1d',
    })
    const { email } = await addAccount(limited)
    for (let count = 0; count < 3; count += 1) await limited.login(email, 'wrong')
    expect((await limited.login(email, password)).status).toBe(429)
    await limited.post('password/reset/', { email })
    const { link } = await readSecrets(limited)
    await limited.post('password/reset/confirm/', { token: link, new_password: newPassword })
    expect((await limited.login(email, newPassword)).status).toBe(200)
  })
})

describe('the code', () => {
  test('with the email does what the link does', async () => {
    const { email, code } = await askAndRead()
    expect(code).toMatch(/^\d{6}$/)
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    expect((await confirm({ email: email.toUpperCase(), code: spaced })).status).toBe(200)
    expect((await service.login(email, newPassword)).status).toBe(200)
  })

  test('ends after five wrong tries, and the link does not', async () => {
    const { email, code, link } = await askAndRead()
    for (const wrong of wrongCodes(code, 5)) {
      expect((await confirm({ email, code: wrong })).body.code).toBe('link_invalid')
    }
    expect((await confirm({ email, code })).body.code).toBe('link_invalid')
    expect((await confirm({ token: link })).status).toBe(200)
  })

  test('ends for strangers without ending for who asked', async () => {
    const { email, code } = await askAndRead({ browser: 'a secret of the browser' })
    const from = (ip: string) => ({ headers: { 'x-test-address': ip } })
    for (const wrong of wrongCodes(code, 6)) {
      await service.rest(
        'POST',
        '/api/users/password/reset/confirm/',
        {
          headers: { ...from('198.51.100.9').headers, 'Content-Type': 'application/json' },
        },
        JSON.stringify({ email, code: wrong, new_password: newPassword }),
      )
    }
    expect((await confirm({ email, code, browser: 'a secret of the browser' })).status).toBe(200)
  })

  test('that was used up is another in the next mail', async () => {
    const { email, id, code, link } = await askAndRead()
    for (const wrong of wrongCodes(code, 5)) await confirm({ email, code: wrong })
    await ageMails(id, '2 minutes')
    await ask(email)
    const next = await readSecrets(service)
    expect(next.code).not.toBe(code)
    expect(next.link).toBe(link)
    expect((await confirm({ email, code: next.code })).status).toBe(200)
  })

  test('ends ten minutes after its last mail', async () => {
    const { email, id, code } = await askAndRead()
    await db.updateTable('one_time_tokens').set({ code_expires_at: past }).where('user_id', '=', id).execute()
    expect((await confirm({ email, code })).body.code).toBe('link_invalid')
  })

  test('answers alike for an email without an account', async () => {
    const { email, code } = await askAndRead()
    const [wrong = ''] = wrongCodes(code, 1)
    const known = await confirm({ email, code: wrong })
    expect(await confirm({ email: `none-${randomUUID()}@example.com`, code: wrong })).toEqual(known)
  })

  test('is asked for where no link is given', async () => {
    const { status, body } = await confirm({})
    expect([status, body]).toEqual([400, { token: ['This field is required.'] }])
  })
})

describe('a page', () => {
  const browser = 'a secret of the browser'
  const isOpen = '{"result":{"data":{"is_open":true}}}'
  const isClosed = '{"result":{"data":{"is_open":false}}}'

  test('may show the form in the browser that asked', async () => {
    const { link } = await askAndRead({ browser })
    expect((await check({ token: link, browser })).text).toBe(isOpen)
    expect((await check({ token: link, browser: 'another' })).text).toBe(isClosed)
    expect((await check({ token: link })).text).toBe(isClosed)
  })

  test('needs the code in another browser', async () => {
    const { link, code } = await askAndRead({ browser })
    const [wrong] = wrongCodes(code, 1)
    expect((await check({ token: link, code: wrong })).body.error.data.code).toBe('link_invalid')
    expect((await check({ token: link, code })).text).toBe(isOpen)
    expect((await confirm({ token: link })).status).toBe(200)
    expect((await check({ token: link, code })).body.error.data.code).toBe('link_used')
  })
})

test('a page may show the form for the email and its code', async () => {
  const { email, code } = await askAndRead()
  const [wrong] = wrongCodes(code, 1)
  expect((await check({ email, code: wrong })).body.error.data.code).toBe('link_invalid')
  expect((await check({ email, code })).text).toBe('{"result":{"data":{"is_open":true}}}')
  expect((await check({ email })).body.error.data.fields).toEqual({ code: ['This field is required.'] })
  expect((await confirm({ email, code })).status).toBe(200)
})

test('the database holds no link and no code', async () => {
  const { link, code } = await askAndRead()
  const { rows } = await sql<{ text: string }>`
    select row_to_json(t)::text as text from one_time_tokens t
    union all select row_to_json(m)::text from outgoing_mails m
    union all select payload::text from graphile_worker._private_jobs`.execute(db)
  const dump = rows.map(({ text }) => text).join('\n')
  const [, id = '', mac = ''] = link.split('.')
  expect(dump).not.toContain(mac)
  expect(dump).not.toContain(id)
  expect(dump).not.toContain(`"${code}"`)
})

test('a mail whose link was used is not sent', async () => {
  const { id: userId, link } = await askAndRead()
  await confirm({ token: link })
  const { id } = await db
    .updateTable('outgoing_mails')
    .set({ sent_at: null })
    .where('user_id', '=', userId)
    .returning('id')
    .executeTakeFirstOrThrow()
  await addJob(db, { task: 'send_mail', payload: { userId, id } })
  expect((await readMails(service)).map(({ template }) => template)).toEqual(['password_was_reset'])
})

const past = sql<Date>`now() - interval '1 second'`
const operator = { client: { ip: null, userAgent: null } }

/** Codes that are not this one. */
function wrongCodes(code: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    String((Number(code) + 1 + index) % 1_000_000).padStart(6, '0'),
  )
}

async function changePassword(service: Service, token: string) {
  return service.rest(
    'POST',
    '/api/users/password/change/',
    { token },
    JSON.stringify({ current_password: password, new_password: 'a ferry at midnight' }),
  )
}
