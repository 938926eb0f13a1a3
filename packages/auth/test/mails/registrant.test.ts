import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clientAddress, createService, openDatabase, password, type Service } from '../support/harness.ts'
import { mailEnv, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const optional = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'optional' })
const required = await createService(db, { ...mailEnv, EMAIL_VERIFICATION: 'required' })

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const done = { status: 200, text: '{}' }
const invalid = { status: 400, body: { code: 'link_invalid' } }
const used = { status: 400, body: { code: 'link_used' } }

const verify = (service: Service, body: object) => service.post('email/verify/', body)
const reject = (service: Service, body: object) => service.post('email/verify/reject/', body)
const check = async (service: Service, input: object) => service.mutate('auth.emailVerifyCheck', input)

/** Registers with an email, and reads the mail. */
async function register(service: Service, more: object = {}) {
  const email = `new-${randomUUID()}@example.com`
  const headers = { 'user-agent': firefox }
  const { status, body } = await service.post('register/', { email, password, ...more }, { headers })
  expect(status).toBe(201)
  const { link: token, code } = await readSecrets(service)
  return { email, token, code, wrongCode: String((Number(code) + 1) % 1e6).padStart(6, '0'), body }
}

const told = (data: object) => ({ result: { data } })

const registrationsOf = (email: string) =>
  db.selectFrom('registrations').select('id').where('email', '=', email).execute()
const userOf = (email: string) =>
  db.selectFrom('users').select('id').where('email', '=', email).executeTakeFirst()

describe.each([
  ['a registration', required],
  ['an unverified account', optional],
] as const)('of %s', (_, service) => {
  test('the reader of the mail learns who it was, and nothing changes', async () => {
    const { email, token, code, wrongCode } = await register(service, {
      display_name: 'Ada',
      browser: 'the secret of this browser',
    })
    const { body } = await check(service, { token })
    expect(body).toMatchObject({
      result: {
        data: {
          is_open: false,
          is_done: false,
          registrant: {
            display_name: 'Ada',
            device: { browser: 'Firefox', os: 'Linux', type: 'desktop' },
            ip: clientAddress,
          },
        },
      },
    })
    for (const proof of [{ browser: 'the secret of this browser' }, { code }])
      expect((await check(service, { token, ...proof })).body).toMatchObject(told({ is_open: true }))
    expect((await check(service, { token, code: wrongCode })).body.error.data.code).toBe('link_invalid')
    expect((await userOf(email)) !== undefined).toBe(service === optional)
    expect(await verify(service, { token })).toMatchObject(done)
    expect((await check(service, { token })).body).toMatchObject(told({ is_done: true }))
  })

  test('link and code together delete it', async () => {
    const { email, token, code } = await register(service)
    expect(await reject(service, { token, code })).toMatchObject(done)
    expect([await userOf(email), await registrationsOf(email)]).toEqual([undefined, []])
    expect(await verify(service, { token })).toMatchObject(invalid)
    expect(await reject(service, { token, code })).toMatchObject(invalid)
    await db
      .updateTable('mailbox_mails')
      .set({ created_at: new Date(0) })
      .execute()
    expect((await service.post('register/', { email, password })).status).toBe(201)
    expect((await readSecrets(service)).link).not.toBe(token)
  })

  test('neither the link nor the code deletes it alone', async () => {
    const { email, token, code, wrongCode } = await register(service)
    for (const input of [{ token }, { code }, { email, code }])
      expect(await reject(service, input)).toMatchObject({ status: 400 })
    for (let tries = 0; tries < 20; tries += 1)
      expect(await reject(service, { token, code: wrongCode })).toMatchObject(invalid)
    const other = await register(service)
    expect(await reject(service, { token: other.token, code: wrongCode })).toMatchObject(invalid)
    expect(await verify(service, { email, code })).toMatchObject(done)
  })

  test('what was verified stays', async () => {
    const { email, token, code } = await register(service)
    await verify(service, { token })
    expect(await reject(service, { token, code })).toMatchObject(used)
    expect((await service.login(email, password)).status).toBe(200)
  })

  test('of a proof and a rejection at once one wins', async () => {
    const { email, token, code } = await register(service)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        index % 2 === 0 ? verify(service, { token }) : reject(service, { token, code }),
      ),
    )
    const won = answers.filter(({ status }, index) => index % 2 === 1 && status === 200).length
    expect([(await userOf(email)) !== undefined, won > 0]).toEqual(won > 0 ? [false, true] : [true, false])
    expect(won).toBeLessThan(2)
  })
})

test('a rejection leaves other registrations of the email', async () => {
  const stranger = await register(required)
  const { email } = stranger
  await db
    .updateTable('mailbox_mails')
    .set({ created_at: new Date(0) })
    .execute()
  await required.post('register/', { email, password: 'seven ferries at noon' })
  const own = await readSecrets(required)
  expect(await reject(required, stranger)).toMatchObject({ status: 200 })
  expect(await verify(required, { token: own.link })).toMatchObject(done)
  expect((await required.login(email, 'seven ferries at noon')).status).toBe(200)
})

test('a deleted account has no session, and the audit says why', async () => {
  const { email, token, code, body } = await register(optional)
  await reject(optional, { token, code })
  expect((await optional.me(body.access)).status).toBe(401)
  expect((await optional.refresh(body.refresh)).status).toBe(401)
  expect((await optional.login(email, password)).status).toBe(401)
  const events = await db
    .selectFrom('events_without_user')
    .select(['kind', 'detail'])
    .where('kind', '=', 'registration_rejected')
    .execute()
  expect(events).toContainEqual({ kind: 'registration_rejected', detail: { user_id: body.user.id } })
})
