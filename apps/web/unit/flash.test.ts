import { randomBytes } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { languages } from '@pockitflyer/languages'
import { expect, test } from 'vitest'
import { updateProfile } from '../src/app/account/update-profile.ts'
import { login } from '../src/app/login/login.ts'
import { toJar } from '../src/cookies/cookie-jar.ts'
import { type Flash, forgetFlash, readFlash } from '../src/forms/flash.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { pagePathHeader } from '../src/language/page-path.ts'
import { cookieNames, forgeToken, inSeconds } from '../test/session-cookies.ts'
import { allTexts } from '../src/texts/all-texts.ts'
import { holding, inProduction, lasting, readKept, toForm } from './production.ts'
import { act } from './request-scope.ts'

const service = inProduction()
const name = '__Secure-pf_flash'
const entered = { email: 'ada@example.com', password: 'not it' }

function sendFrom(page: string, headers: Record<string, string> = {}) {
  service().answers['auth.login'] = { status: 401, code: 'invalid_credentials' }
  const sent = { ...holding({}), [pagePathHeader]: page, ...headers }
  return act(sent, () => login(blankForm(), toForm(entered)))
}

/** The state that a page of this user reads in this cookie. */
function read(value: string, access = ''): Flash | undefined {
  return readFlash(toJar(`${name}=${value}; ${cookieNames.access}=${access}`), true)
}

const unpack = (value = '') => inflateRawSync(Buffer.from(value, 'base64url')).toString()
const pack = (text: string) => deflateRawSync(text).toString('base64url')

test('without scripts a refused form shows on its page, without the password', async () => {
  const { sentTo, cookies } = await sendFrom('/login?next=%2Faccount%2Fpassword')
  expect(sentTo).toBe('/login?next=%2Faccount%2Fpassword')
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/; Path=\/login; .*Max-Age=900; .*Secure; HttpOnly; SameSite=lax$/i)
  const kept = readKept(cookies)[name] ?? ''
  expect(unpack(kept)).not.toContain(entered.password)
  expect(read(kept)).toEqual({
    attempt: 1,
    values: { email: entered.email },
    errors: { password: 'That email and password do not match.' },
    toCorrect: 'password',
    owner: undefined,
    page: '/login?next=%2Faccount%2Fpassword',
  })
})

test('a script, another site or no page gets the state itself', async () => {
  const answers = [
    await sendFrom('/login', { 'next-action': 'x' }),
    await sendFrom('//evil.example/login'),
    await act(holding({}), () => login(blankForm(), toForm(entered))),
  ]
  for (const { result, cookies } of answers) expect([result?.attempt, cookies]).toEqual([1, []])
})

/** The headers of a user who is logged in, on the page that edits the profile. */
const editing = (access: string) => ({ ...holding({ access, refresh: 'r' }), [pagePathHeader]: page })
const page = '/account?edit'
const accessOf = (id: number) => forgeToken({ exp: inSeconds(86_400), user_id: id })
/** 2,000 characters that do not compress. */
const longest = String.fromCodePoint(
  ...Array.from(randomBytes(2000), (byte, at) => 0x4e00 + 64 * byte + (at % 64)),
)

test('a text too long for a cookie stays in the answer', async () => {
  const fields = { display_name: '', bio: longest }
  const { result, cookies } = await act(editing(lasting), () => updateProfile(blankForm(), toForm(fields)))
  expect([result?.values, cookies]).toEqual([fields, []])
})

test.each(languages)('the longest profile fits in a cookie: %s', async (language) => {
  const bio = JSON.stringify(allTexts[language])
    .replaceAll(/"\w+":/g, '')
    .slice(0, 2000)
  const entered = { display_name: '', bio }
  const { cookies } = await act(editing(lasting), () => updateProfile(blankForm(), toForm(entered)))
  expect(read(readKept(cookies)[name] ?? '', lasting)?.values).toEqual(entered)
})

test('an ended session keeps what was typed, for its user alone', async () => {
  const entered = { display_name: 'Ada', bio: 'A long story' }
  service().answers['auth.refresh'] = { status: 401 }
  service().answers['auth.updateProfile'] = { status: 401 }
  const save = (more: Record<string, string>, headers = {}) =>
    act({ ...editing(accessOf(7)), ...headers }, () =>
      updateProfile(blankForm(), toForm({ ...entered, owner: '7', ...more })),
    )
  const { sentTo, cookies } = await save({})
  expect(sentTo).toBe('/login?notice=session-ended&next=%2Faccount%3Fedit')
  const kept = readKept(cookies)[name] ?? ''
  expect(read(kept, accessOf(7))).toMatchObject({ values: entered, draft: 'restored', attempt: 0 })
  expect([read(kept), read(kept, accessOf(8))]).toEqual([undefined, undefined])

  const tooLong = await save({ bio: longest })
  expect(tooLong.sentTo).toBe('/login?notice=draft-lost&next=%2Faccount%3Fedit')
  for (const answer of [tooLong, await save({}, { 'next-action': 'x' })])
    expect(readKept(answer.cookies)).not.toHaveProperty(name)
})

test('a page forgets the state that it shows, and no other', () => {
  const flash = { attempt: 1, values: {}, errors: {}, owner: '7', page }
  const forget = (asked: { method: string; page: string }, userId: number) =>
    forgetFlash(
      asked,
      toJar(`${name}=${pack(JSON.stringify(flash))}; ${cookieNames.access}=${accessOf(userId)}`),
      true,
    )
  expect(forget({ method: 'GET', page }, 7)).toMatch(
    /^__Secure-pf_flash=; Max-Age=0; Path=\/account; HttpOnly; Secure/,
  )
  expect(forget({ method: 'POST', page }, 7)).toBeUndefined()
  expect(forget({ method: 'GET', page: '/account' }, 7)).toBeUndefined()
  expect(forget({ method: 'GET', page }, 8)).toBeUndefined()
})

test('what this app did not write is no state of a form', () => {
  const strange = JSON.stringify({ attempt: 1, values: { a: 1 }, errors: {}, page })
  const bomb = `{"attempt":1,"values":{},"errors":{},"page":"${' '.repeat(2_000_000)}"}`
  for (const text of ['', 'x', '[]', '{"attempt":"1"}', strange, bomb])
    expect([read(text), read(pack(text))]).toEqual([undefined, undefined])
})
