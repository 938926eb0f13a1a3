import { expect, test } from 'vitest'
import { addAccount, createService, logIn, openDatabase, password, type Service } from '../support/harness.ts'
import { mailEnv, readMails } from '../support/mailbox.ts'

const { db } = await openDatabase()
const service = await createService(db, { ...mailEnv, LANGUAGES: 'en,de,fr' })

const inLanguage = (language: string) => ({ headers: { 'Accept-Language': language } })

const askForReset = (email: string, language: string, by: Service = service) =>
  by.post('password/reset/', { email }, inLanguage(language))

const readLanguages = async (by: Service = service) =>
  (await readMails(by)).map(({ template, language }) => `${template} ${language}`)

async function chooseLanguage(access: string, language: unknown) {
  const headers = { 'Content-Type': 'application/json' }
  return service.rest('PUT', '/api/users/language/', { token: access, headers }, JSON.stringify({ language }))
}

test('a mail has the language of the request that asks for it', async () => {
  const { email } = await addAccount(service)
  await askForReset(email, 'fr')
  await askForReset('nobody@example.com', 'de')
  expect((await readLanguages()).toSorted()).toEqual(['no_account de', 'password_reset fr'])
})

test('a user who chose a language gets every mail in it', async () => {
  const { email, access } = await logIn(service, { password })
  expect((await chooseLanguage(access, 'de')).text).toBe('{"language":"de"}')
  expect((await service.rest('GET', '/api/users/language/', { token: access })).text).toBe(
    '{"language":"de"}',
  )
  await readMails(service)
  await askForReset(email, 'fr')
  const change = { current_password: password, new_password: 'a fresh ferry every morning' }
  await service.post('password/change/', change, { token: access, ...inLanguage('fr') })
  expect((await readLanguages()).toSorted()).toEqual(['password_changed de', 'password_reset de'])
})

test('a choice is taken back with null, and refused if unknown', async () => {
  const { email, access } = await logIn(service, { password })
  await chooseLanguage(access, 'de')
  expect((await chooseLanguage(access, null)).text).toBe('{"language":null}')
  const { body } = await chooseLanguage(access, 'tlh')
  expect(body).toEqual({ language: ['"tlh" is not a valid choice.'] })
  await askForReset(email, 'fr')
  expect(await readLanguages()).toContain('password_reset fr')
})

test('a registration keeps the language of its request', async () => {
  const email = 'ada-in-german@example.com'
  const { body } = await service.post('register/', { email, password }, inLanguage('de-AT'))
  const chosen = await service.rest('GET', '/api/users/language/', { token: body.access })
  expect(chosen.text).toBe('{"language":"de"}')
})

test('without LANGUAGES a request leaves no language behind', async () => {
  const english = await createService(db, mailEnv)
  const email = 'ada-in-english@example.com'
  const { body } = await english.post('register/', { email, password }, inLanguage('de'))
  expect((await english.rest('GET', '/api/users/language/', { token: body.access })).text).toBe(
    '{"language":null}',
  )
  await readMails(english)
  await askForReset(email, 'de', english)
  expect(await readLanguages(english)).toEqual(['password_reset en'])
})
