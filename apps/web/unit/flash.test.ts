import { expect, test } from 'vitest'
import { updateProfile } from '../src/app/account/update-profile.ts'
import { login } from '../src/app/login/login.ts'
import { toJar } from '../src/cookies/cookie-jar.ts'
import { type Flash, forgetFlash, readFlash } from '../src/forms/flash.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { pagePathHeader } from '../src/language/page-path.ts'
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

/** The state that a page reads in this cookie. */
function read(value: string): Flash | undefined {
  return readFlash({ get: (asked) => (asked === name ? { value } : undefined) }, true)
}

test('without scripts a refused form shows on its page, without the password', async () => {
  const { sentTo, cookies } = await sendFrom('/login?next=%2Faccount%2Fpassword')
  expect(sentTo).toBe('/login?next=%2Faccount%2Fpassword')
  expect(cookies).toHaveLength(1)
  expect(cookies[0]).toMatch(/; Path=\/login; .*Max-Age=60; .*Secure; HttpOnly; SameSite=lax$/i)
  const kept = decodeURIComponent(readKept(cookies)[name] ?? '')
  expect(kept).not.toContain(entered.password)
  expect(read(kept)).toEqual({
    attempt: 1,
    values: { email: entered.email },
    errors: { password: 'That email and password do not match.' },
    toCorrect: 'password',
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

test('a text too long for a cookie stays in the answer', async () => {
  const fields = { display_name: '', bio: 'ä'.repeat(700) }
  const headers = { ...holding({ access: lasting, refresh: 'r' }), [pagePathHeader]: '/account?edit' }
  const { result, cookies } = await act(headers, () => updateProfile(blankForm(), toForm(fields)))
  expect([result?.values, cookies]).toEqual([fields, []])
})

test('a page forgets the state that it shows; a form does not', () => {
  const cookie = `a=b; ${name}=${encodeURIComponent('{}')}`
  const page = { method: 'GET', url: '/login?next=x' }
  expect(forgetFlash(page, toJar(cookie), true)).toMatch(
    /^__Secure-pf_flash=; Max-Age=0; Path=\/login; HttpOnly; Secure/,
  )
  expect(forgetFlash({ ...page, method: 'POST' }, toJar(cookie), true)).toBeUndefined()
  expect(forgetFlash(page, toJar(undefined), true)).toBeUndefined()
})

test('what this app did not write is no state of a form', () => {
  const strange = JSON.stringify({ attempt: 1, values: { a: 1 }, errors: {} })
  for (const text of ['', 'x', '[]', '{"attempt":"1"}', strange])
    expect([text, read(text)]).toEqual([text, undefined])
})
