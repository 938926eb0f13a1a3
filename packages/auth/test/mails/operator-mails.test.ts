import { expect, test } from 'vitest'
import { setEmail } from '../../src/admin/set-email.ts'
import { voidLinks } from '../../src/admin/void-links.ts'
import { createChanger, findSecrets, freshEmail, newPassword } from '../support/email-changes.ts'
import { addAccount, createService, logIn, openDatabase, password } from '../support/harness.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, mailEnv)
const { ask, askAndRead, confirm, move, undo } = createChanger(service)
const operator = { client: { ip: null, userAgent: 'auth-cli' } }

const isOver = { status: 400, body: { code: 'link_invalid' } }
const set = (userId: number, email: string) => setEmail(service.auth, operator, { userId, email })

/** An attacker who knows the password moves the account and changes the password. */
async function loseAccount() {
  const owner = await logIn(service)
  const { undo: ownersUndo } = await move(owner, freshEmail())
  const change = { current_password: password, new_password: newPassword }
  await service.post('password/change/', change, { token: owner.access })
  const attackersUndo = findSecrets(await readMails(service), 'password_changed')
  return { owner, ownersUndo, attackersUndo }
}

test('an operator gives an account back; no undo of its attacker works', async () => {
  const { owner, ownersUndo, attackersUndo } = await loseAccount()
  expect(await set(owner.id, owner.email)).toBe(true)
  expect(await undo(attackersUndo)).toMatchObject(isOver)
  expect(await undo(ownersUndo)).toMatchObject(isOver)
  expect((await service.me(owner.access)).status).toBe(401)
  expect((await service.login(owner.email, newPassword)).body.user).toMatchObject({ email: owner.email })
})

test('both mailboxes learn it, without a link that undoes it', async () => {
  const { id, email } = await logIn(service)
  const newEmail = freshEmail()
  await readMails(service)
  await set(id, newEmail)
  const mails = await readMails(service)
  expect(mails.map(({ template, toEmail, secrets }) => [template, toEmail, secrets])).toEqual([
    ['email_set_by_operator', email, undefined],
    ['email_is_new', newEmail, undefined],
  ])
})

test('an open change of email and a reset are void', async () => {
  const person = await logIn(service)
  await service.post('password/reset/', { email: person.email })
  const reset = findSecrets(await readMails(service), 'password_reset')
  const { toNew } = await askAndRead(person, freshEmail())
  await set(person.id, freshEmail())
  expect(await confirm({ token: toNew.token })).toMatchObject(isOver)
  const body = { token: reset.token, new_password: newPassword }
  expect(await service.post('password/reset/confirm/', body)).toMatchObject(isOver)
})

test('a taken email stays with its account, a former one is free', async () => {
  const [ada, bob] = [await addAccount(service), await addAccount(service)]
  await expect(set(ada.id, bob.email.toUpperCase())).rejects.toThrow('Invalid input.')
  await set(bob.id, freshEmail())
  expect(await set(ada.id, bob.email)).toBe(true)
  expect(await set(ada.id, bob.email)).toBe(false)
})

test('voided links leave the account as it is', async () => {
  const { owner, ownersUndo, attackersUndo } = await loseAccount()
  const { access } = (await service.login(owner.email, password)).body
  expect(access).toBeUndefined()
  await ask(owner.access, freshEmail(), { current_password: newPassword })
  expect(await voidLinks(service.auth, operator, { userId: owner.id })).toBeGreaterThan(1)
  for (const secrets of [ownersUndo, attackersUndo]) expect(await undo(secrets)).toMatchObject(isOver)
  expect((await readMails(service)).map(({ template }) => template)).not.toContain('email_change')
})
