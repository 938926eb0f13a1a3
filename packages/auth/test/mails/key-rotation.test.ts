import { expect, test } from 'vitest'
import { createService, logIn, openDatabase, type Service } from '../support/harness.ts'
import { mailEnv, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()

const [oldKey, newKey] = ['the mail key until today, long enough', 'the mail key from today, long enough']
const before = await createService(db, { ...mailEnv, MAIL_KEY: oldKey })
const during = await createService(db, { ...mailEnv, MAIL_KEY: newKey, MAIL_KEY_OLD: oldKey })
const after = await createService(db, { ...mailEnv, MAIL_KEY: newKey })

/** Asks one service for a reset, and returns what its worker mails. */
async function askAndRead(service: Service) {
  const { email } = await logIn(service)
  await service.post('password/reset/', { email })
  return { email, ...(await readSecrets(service)) }
}

const confirm = async (service: Service, secret: { token: string } | { email: string; code: string }) => {
  const input = { ...secret, new_password: 'seven ferries at noon' }
  return (await service.post('password/reset/confirm/', input)).status
}

test('a link and a code of the old key outlive it', async () => {
  const { link } = await askAndRead(before)
  expect(await confirm(during, { token: link })).toBe(200)
  const { email, code } = await askAndRead(before)
  expect(await confirm(during, { email, code })).toBe(200)
})

test('a link of the new key works from the start', async () => {
  expect(await confirm(after, { token: (await askAndRead(during)).link })).toBe(200)
  expect(await confirm(during, { token: (await askAndRead(after)).link })).toBe(200)
})

test('once the old key is gone, its links are dead', async () => {
  const { link } = await askAndRead(before)
  expect(await confirm(after, { token: link })).toBe(400)
})
