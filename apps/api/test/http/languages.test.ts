import { afterAll, expect, test } from 'vitest'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'

const database = await openDatabase()
const api = await startTestApi(database.url, { LANGUAGES: 'en,de', CORS_ORIGINS: 'https://app.example.com' })
const english = await startTestApi(database.url)
afterAll(() => Promise.all([api.stop(), english.stop()]))

const ask = async (url: string, path: string, language: string) => {
  const answer = await fetch(url + path, { headers: { 'Accept-Language': language } })
  const { headers } = answer
  return [headers.get('content-language'), headers.get('vary'), await answer.text()]
}

test('every answer names its language, and varies with Accept-Language', async () => {
  const vary = 'Accept-Language, Origin'
  for (const [path, text] of [
    ['/api/users/me/', 'Anmeldedaten fehlen.'],
    ['/api/trpc/auth.me', 'Anmeldedaten fehlen.'],
    ['/api/users/nothing/', 'Nicht gefunden.'],
    ['/api/nothing', 'Nicht gefunden.'],
  ] as const)
    expect(await ask(api.url, path, 'de-AT')).toEqual([
      'de',
      expect.stringContaining(vary),
      expect.stringContaining(text),
    ])
  expect((await ask(api.url, '/api/users/me/', 'fr'))[0]).toBe('en')
})

test('without LANGUAGES no header says anything of languages', async () => {
  const [language, vary] = await ask(english.url, '/api/users/me/', 'de')
  expect([language, vary ?? '']).toEqual([null, expect.not.stringContaining('Language')])
})
