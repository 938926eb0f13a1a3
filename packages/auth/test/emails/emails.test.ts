import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { listEmailCollisions } from '../../src/db/emails.ts'
import { findUserByEmail } from '../../src/db/by-engine.ts'
import { hasSessionFrom } from '../../src/db/sessions.ts'
import { migrateToLatest } from '../../src/admin/migrate.ts'
import { findUserForOperator } from '../../src/db/user-lists.ts'
import {
  addAccount,
  clientAddress,
  createService,
  djangoPbkdf2,
  openDatabase,
  password,
} from '../support/harness.ts'
import { createPreviousVersion } from '../support/previous-version.ts'
import { openScratchDatabase } from '../support/scratch-database.ts'
import { times } from '../support/times.ts'

const { url, db } = await openDatabase()
// The version before tells emails apart by this index; `migrate --contract` drops it.
await sql`create unique index if not exists users_lower_email_key on users (lower(email))`.execute(db)
const service = await createService(db)

const emailsOf = (userId: number) =>
  db.selectFrom('emails').select('email').where('user_id', '=', userId).execute()

test('an account has one folded email and keeps it as typed', async () => {
  const { id } = await addAccount(service, { email: 'Zoë.One@Bücher.example' })
  expect(await emailsOf(id)).toEqual([{ email: 'zoë.one@xn--bcher-kva.example' }])
  expect(await findUserForOperator(db, 'zoë.ONE@xn--bcher-kva.example')).toMatchObject({
    id,
    email: 'Zoë.One@Bücher.example',
  })
})

test('whoever is deleted leaves no email behind: it can be registered again', async () => {
  const { id, email } = await addAccount(service)
  await db.deleteFrom('users').where('id', '=', id).execute()
  expect(await emailsOf(id)).toEqual([])
  expect((await addAccount(service, { email })).id).not.toBe(id)
})

async function isKnown(email: string): Promise<boolean> {
  const user = await findUserByEmail(db, email)
  return hasSessionFrom(db, { userId: user?.id ?? 0, ip: clientAddress })
}

test('a client is known by every spelling of the email', async () => {
  await addAccount(service, { email: 'Known@Bücher.example' })
  await service.login('known@bücher.example', password)
  for (const email of ['KNOWN@BÜCHER.example', 'known@xn--bcher-kva.example', '\ufeffknown@bücher.example']) {
    expect(await isKnown(email)).toBe(true)
  }
  expect(await isKnown('known@bucher.example')).toBe(false)
})

// The proof run takes every locale whose case is its own.
test.each(times > 1 ? ['tr', 'az', 'lt', 'el'] : ['tr'])(
  'a database in %s finds emails as every other does',
  { timeout: 60_000 },
  async (icuLocale) => {
    const scratch = await openScratchDatabase({ icuLocale })
    await migrateToLatest(scratch.db)
    const { post, login } = await createService(scratch.db)
    const { status, body } = await post('register/', { email: 'IDA@ΣΊΣΥΦΟΣ.example', password })
    expect(status).toBe(201)
    for (const email of ['ida@σίσυφος.example', 'Ida@Σίσυφος.Example', 'idA@ΣΊΣΥΦΟΣ.EXAMPLE']) {
      const found = email.includes('ς') ? 401 : 200
      expect([email, (await login(email, password)).status]).toEqual([email, found])
    }
    for (const email of ['ıda@ΣΊΣΥΦΟΣ.example', 'İda@ΣΊΣΥΦΟΣ.example', 'i\u0307da@ΣΊΣΥΦΟΣ.example']) {
      expect([email, (await login(email, password)).status]).toEqual([email, 401])
    }
    expect((await post('register/', { email: 'ida@σίσυφοσ.example', password: 'another one' })).status).toBe(
      400,
    )
    expect((await login('ida@σίσυφοσ.example', password)).body.user.id).toBe(body.user.id)
  },
)

test('an operator finds who was registered by the version before', async () => {
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const id = await previous.register('Olga@Example.com', djangoPbkdf2(password))
  expect(await findUserForOperator(db, 'OLGA@example.com')).toMatchObject({ id, email: 'Olga@Example.com' })
})

test('a user of the previous version is found by every spelling', async () => {
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const id = await previous.register('Eve@Example.com', djangoPbkdf2(password))
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => service.login('EVE@example.com', password)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
  expect(await emailsOf(id)).toEqual([{ email: 'eve@example.com' }])
  const other = await previous.register('Eve.Other@Example.com', djangoPbkdf2(password))
  const registered = await service.post('register/', { email: 'eve.OTHER@example.com', password })
  expect([registered.status, registered.body.user.id]).toEqual([201, other])
})

test('a registration beside one of the version before makes no second account', async () => {
  const { rows: before } = await sql`select id from users`.execute(db)
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const emails = Array.from({ length: 12 }, (_, at) => `Both-${at}@Example.com`)
  await Promise.all(
    emails.flatMap((email) => [
      previous.register(email, djangoPbkdf2(password)).catch(() => {}),
      service.post('register/', { email: email.toLowerCase(), password }),
    ]),
  )
  const { rows } = await sql`select id from users`.execute(db)
  expect(rows).toHaveLength(before.length + emails.length)
  for (const email of emails) expect((await service.login(email, password)).status).toBe(200)
})

test('a look-alike of the previous version takes no account', async () => {
  const owner = await addAccount(service, { email: 'Victim@Bücher.example' })
  const previous = createPreviousVersion(url)
  onTestFinished(() => previous.stop())
  const same = await previous.register('victim@xn--bcher-kva.example', djangoPbkdf2('the thief 1'))
  const spelled = await previous.register('victim@ｂücher.example', djangoPbkdf2('the thief 2'))
  for (const email of ['victim@xn--bcher-kva.example', 'Victim@Bücher.example', 'viCtim@bücher.example']) {
    expect([email, (await service.login(email, password)).body.user?.id]).toEqual([email, owner.id])
  }
  expect((await service.login('victim@ｂücher.example', 'the thief 2')).body.user.id).toBe(spelled)
  const listed = await listEmailCollisions(db)
  expect(listed.map(({ userId, ownerId, isReachable }) => [userId, ownerId, isReachable])).toEqual([
    [same, owner.id, false],
    [spelled, owner.id, true],
  ])
})
