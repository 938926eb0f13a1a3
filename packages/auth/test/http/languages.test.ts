import { translate } from '@pockitflyer/languages/service'
import { expect, test } from 'vitest'
import { listErrors } from '../../src/http/openapi/list-errors.ts'
import { endpoints } from '../../src/http/routes.ts'
import { addAccount, createService, openDatabase } from '../support/harness.ts'

const { db } = await openDatabase()
const service = await createService(db, { LANGUAGES: 'en,de,fr,es,ar' })
const english = await createService(db)
const { email } = await addAccount(service)

const wrong = { email, password: 'no such password' }
const french = { headers: { 'Accept-Language': 'fr-CH, de;q=0.5' } }

test('REST and tRPC answer errors in the language of the caller', async () => {
  const text = "Aucun compte actif n'a été trouvé avec les identifiants fournis"
  expect((await service.post('login/', wrong, french)).body).toEqual({ detail: text })
  const { error } = (await service.mutate('auth.login', wrong, french)).body
  expect([error.message, error.data.code]).toEqual([text, 'invalid_credentials'])
})

test('texts of fields are translated in both transports', async () => {
  const texts = { email: ['Ce champ est obligatoire.'], password: ['Ce champ ne peut être vide.'] }
  expect((await service.post('login/', { password: '' }, french)).body).toEqual(texts)
  const { error } = (await service.mutate('auth.login', { password: '' }, french)).body
  expect(error.data.fields).toEqual(texts)
})

test('an error of a token in the header is translated whole', async () => {
  const sent = { token: 'none', headers: { 'Accept-Language': 'de' } }
  const { body } = await service.rest('GET', '/api/users/me/', sent)
  expect(body).toMatchObject({
    detail: 'Das Token ist für keinen Tokentyp gültig',
    code: 'token_not_valid',
    messages: [{ message: 'Das Token ist ungültig' }],
  })
})

test('the first language answers whom no offered one suits', async () => {
  const german = await createService(db, { LANGUAGES: 'de,en' })
  const detail = async (language: string) =>
    (await german.post('login/', wrong, { headers: { 'Accept-Language': language } })).body.detail
  expect(await detail('it')).toBe('Kein aktives Konto mit diesen Zugangsdaten gefunden')
  expect(await detail('fr, en;q=0.1')).toBe('No active account found with the given credentials')
})

test('without LANGUAGES the answer does not depend on Accept-Language', async () => {
  const [asked, usual] = [await english.post('login/', wrong, french), await english.post('login/', wrong)]
  expect(asked).toEqual(usual)
})

test('every documented error has its text in every language', async () => {
  const operations = endpoints.flatMap(({ operations }) => [...operations.values()])
  const errors = (await Promise.all(operations.map(listErrors))).flat().map(({ error }) => error)
  const texts = errors.flatMap(({ message, fields }) => (fields ? Object.values(fields).flat() : [message]))
  expect(texts.length).toBeGreaterThan(100)
  expect(texts.filter((text) => translate(text, 'ar') === text)).toEqual([])
})
