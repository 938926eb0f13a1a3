import { readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin, findUser, setEmail } from '@pockitflyer/auth/admin'
import { expect, onTestFinished, test } from 'vitest'
import { createMove, insertUser, type Move } from './support/move.ts'
import { operator } from './support/settings.ts'

async function createWith(emails: readonly string[]): Promise<Move> {
  const move = await createMove('service-5.2')
  onTestFinished(() => move.close())
  await move.django.run(emails.map((email, at) => insertUser({ id: at + 1, email })).join(''))
  return move
}

const idOf = async ({ db }: Move, email: string) => (await findUser({ db }, operator, { email }))?.id

test('emails that differ by case keep their users', async () => {
  const move = await createWith(['Ada@Example.com', 'ada@example.com', 'ADA@example.com'])
  await move.run()
  const found = ['Ada@Example.com', 'ada@example.com', 'ADA@example.com', 'aDA@example.com']
  expect(await Promise.all(found.map((email) => idOf(move, email)))).toEqual([1, 2, 3, 2])
})

test('the mapping names the owner, and the others keep their spelling', async () => {
  const move = await createWith(['Ada@Example.com', 'ada@example.com', 'ADA@example.com'])
  await move.run({ owners: { 'ada@Example.com': 3 } })
  const found = ['Ada@Example.com', 'ada@example.com', 'ADA@example.com', 'aDA@example.com']
  expect(await Promise.all(found.map((email) => idOf(move, email)))).toEqual([1, 2, 3, 3])
})

test('spellings of one domain are one email', async () => {
  const move = await createWith(['ida@bücher.example', 'ida@xn--bcher-kva.example', ' ida@bücher.example'])
  const { sharedEmails } = await move.dryRun()
  expect(sharedEmails).toMatchObject([
    { foldedEmail: 'ida@xn--bcher-kva.example', ownerId: 2, users: [{ id: 2 }, { id: 1 }, { id: 3 }] },
  ])
})

test('no other user takes the exact spelling that finds a user', async () => {
  const move = await createWith(['Ada@Example.com', 'ada@example.com', 'ida@example.com'])
  await move.run()
  await move.db.deleteFrom('users').where('id', '=', 2).execute()
  const admin = createAdmin(readSettings(adminSettings, {}), move)
  const add = (email: string) =>
    addUser(admin, operator, { email, password: 'seven ferries at noon', is_active: true })
  const taken = { code: 'invalid_input' }
  await expect(add('Ada@Example.com')).rejects.toMatchObject(taken)
  await expect(setEmail(admin, operator, { userId: 3, email: 'Ada@Example.com' })).rejects.toMatchObject(
    taken,
  )
  const { id } = await add('ADA@example.com')
  expect([await idOf(move, 'Ada@Example.com'), await idOf(move, 'ada@example.com')]).toEqual([1, id])
})

test('an owner who does not have the email is refused', async () => {
  const move = await createWith(['Ada@example.com', 'ada@example.com', 'ida@example.com'])
  await expect(move.run({ owners: { 'ada@example.com': 3 } })).rejects.toThrow('names 3 as the owner')
  await expect(move.run({ owners: { 'ida@example.com': 3 } })).rejects.toThrow('which no two users share')
})

test('two users who exchange their emails in Django exchange them here', async () => {
  const move = await createWith(['ada@example.com', 'ida@example.com'])
  await move.run()
  await move.django.run(`
    update users_customuser set email = 'x' where id = 1;
    update users_customuser set email = 'ada@example.com' where id = 2;
    update users_customuser set email = 'ida@example.com' where id = 1`)
  await move.run()
  expect(await Promise.all(['ada@example.com', 'ida@example.com'].map((email) => idOf(move, email)))).toEqual(
    [2, 1],
  )
  expect(await move.db.selectFrom('email_collisions').selectAll().execute()).toEqual([])
})

test('the same spelling twice, and no email, are told and kept', async () => {
  const move = await createMove('stock-3.2')
  onTestFinished(() => move.close())
  const user = (id: number, email: string) =>
    `(${id}, 'u${id}', '', '', '${email}', '!', false, false, true, now())`
  await move.django.run(`
    insert into auth_user (id, username, first_name, last_name, email, password, is_superuser, is_staff, is_active, date_joined)
    values ${[user(1, 'a@b.example'), user(2, 'a@b.example'), user(3, ''), user(4, '')].join()}`)
  expect(await move.dryRun()).toMatchObject({
    withoutEmail: 2,
    sharedEmails: [{ users: [{ id: 1 }, { id: 2, foundBy: 'nothing' }] }],
  })
  expect(await move.run()).toMatchObject({ inserted: 4 })
  expect(await idOf(move, 'a@b.example')).toBe(1)
  expect((await move.compare()).differences).toEqual([])
})
