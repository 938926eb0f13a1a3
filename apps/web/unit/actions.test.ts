import { expect, test } from 'vitest'
import { changePassword } from '../src/app/account/password/change-password.ts'
import { endOtherSessions, endSession } from '../src/app/account/sessions/end-sessions.ts'
import { updateProfile } from '../src/app/account/update-profile.ts'
import { blankForm } from '../src/forms/form-state.ts'
import { forgeToken, inSeconds } from '../test/session-cookies.ts'
import {
  holding,
  inProduction,
  keptNothing,
  keptRefreshed,
  lasting,
  listCalls,
  old,
  readInput,
  readKept,
  refreshed,
  toForm,
  user,
} from './production.ts'
import { act } from './request-scope.ts'

const service = inProduction()
const loggedIn = holding({ access: lasting, refresh: 'r' })

function save(
  headers: Record<string, string>,
  fields: Record<string, string> = { display_name: 'Ada', bio: '' },
) {
  return act(headers, () => updateProfile(blankForm(), toForm(fields)))
}

test("a profile is saved with its user's token and plain line breaks", async () => {
  service().answers['auth.updateProfile'] = { data: user }
  const { sentTo, cookies } = await save(loggedIn, { display_name: 'Ada', bio: 'a\r\nb\r\nc', other: 'x' })
  expect([sentTo, cookies]).toEqual(['/account?notice=profile-saved', []])
  expect(listCalls(service())).toEqual(['auth.updateProfile'])
  expect(readInput(service())).toEqual({ profile: { display_name: 'Ada', bio: 'a\nb\nc' } })
  expect(service().heard[0]?.headers).toMatchObject({
    authorization: `Bearer ${lasting}`,
    'user-agent': 'A browser',
    'x-forwarded-for': '203.0.113.9',
  })
})

test('a refused profile keeps what was entered, beside the error', async () => {
  const entered = { display_name: 'x'.repeat(1000), bio: 'a\r\nb' }
  const atOnce = await save(loggedIn, entered)
  expect(atOnce.result).toMatchObject({ attempt: 1, values: entered, toCorrect: 'display_name' })
  expect(listCalls(service())).toEqual([])
  const fields = { 'profile.bio': ['Too rude.'] }
  service().answers['auth.updateProfile'] = { status: 400, code: 'invalid_input', fields }
  const { result } = await save(loggedIn, { display_name: 'Ada', bio: 'rude' })
  expect(result).toEqual({
    attempt: 1,
    values: { display_name: 'Ada', bio: 'rude' },
    errors: { bio: 'Too rude.' },
    toCorrect: 'bio',
  })
})

test('an action refreshes a bad token once and keeps the pair', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  service().answers['auth.updateProfile'] = { data: user }
  for (const tokens of [{ access: old, refresh: 'r' }, { refresh: 'r' }]) {
    service().heard.length = 0
    const { sentTo, cookies } = await save(holding(tokens))
    expect([sentTo, readKept(cookies)]).toEqual(['/account?notice=profile-saved', keptRefreshed])
    expect(listCalls(service())).toEqual(['auth.refresh', 'auth.updateProfile'])
    expect(service().heard[1]?.headers.authorization).toBe(`Bearer ${refreshed.access}`)
    expect(service().heard[0]?.headers).toMatchObject({ 'x-forwarded-for': '203.0.113.9' })
  }
})

test('a token rejected twice ends the session, with a way back', async () => {
  service().answers['auth.refresh'] = { data: refreshed }
  service().answers['auth.listSessions'] = { status: 401 }
  service().answers['auth.endOtherSessions'] = { status: 401 }
  const { sentTo, cookies } = await act(loggedIn, () => endOtherSessions(new FormData()))
  expect(sentTo).toBe('/login?notice=session-ended&next=%2Faccount%2Fsessions')
  expect(readKept(cookies)).toEqual(keptNothing)
  const calls = ['auth.endOtherSessions', 'auth.refresh', 'auth.endOtherSessions']
  expect(listCalls(service())).toEqual(calls)
})

test('without a live session nothing is called and the login shows', async () => {
  service().answers['auth.refresh'] = { status: 401 }
  for (const tokens of [{}, { access: old }, { refresh: 'dead' }, { access: old, refresh: 'dead' }]) {
    service().heard.length = 0
    const { sentTo, cookies } = await save(holding(tokens))
    expect([sentTo, readKept(cookies)]).toEqual([
      '/login?notice=session-ended&next=%2Faccount%3Fedit',
      keptNothing,
    ])
    expect(listCalls(service())).toEqual('refresh' in tokens ? ['auth.refresh'] : [])
  }
})

test('without the service an action says so and forgets nothing', async () => {
  for (const tokens of [
    { access: old, refresh: 'r' },
    { access: lasting, refresh: 'r' },
  ]) {
    for (const status of [429, 503]) {
      service().answers['auth.refresh'] = { status, code: 'unavailable' }
      service().answers['auth.updateProfile'] = { status, code: 'unavailable' }
      const { result, cookies } = await save(holding(tokens))
      expect(result?.errors.form).toContain('We cannot reach our service')
      expect([result?.values, cookies]).toEqual([{ display_name: 'Ada', bio: '' }, []])
    }
  }
})

test('an access token acts without a refresh token too', async () => {
  service().answers['auth.updateProfile'] = { data: user }
  const { sentTo } = await save(holding({ access: lasting }))
  expect([sentTo, listCalls(service())]).toEqual(['/account?notice=profile-saved', ['auth.updateProfile']])
})

test('a failure that is no rejected token refreshes nothing', async () => {
  service().answers['auth.updateProfile'] = { status: 403, code: 'forbidden' }
  await save(loggedIn)
  expect(listCalls(service())).toEqual(['auth.updateProfile'])
})

function change(fields: Record<string, string>) {
  const forged = { ...blankForm<'current_password'>(), values: { current_password: 'kept' } }
  return act(loggedIn, () => changePassword(forged, toForm(fields)))
}

const passwords = { current_password: 'the old one', new_password: 'another flyer on the wall' }

test('a password is changed and the browser keeps the new session', async () => {
  service().answers['auth.changePassword'] = { data: refreshed }
  const { sentTo, cookies } = await change(passwords)
  expect([sentTo, readKept(cookies)]).toEqual(['/account?notice=password-changed', keptRefreshed])
  expect(readInput(service())).toEqual(passwords)
})

test('a refused password is not sent back, and its field is focused', async () => {
  const fields = { new_password: ['Too common.'] }
  service().answers['auth.changePassword'] = { status: 400, code: 'invalid_input', fields }
  const wrong = await change(passwords)
  expect(wrong.result).toEqual({
    attempt: 1,
    values: {},
    errors: { new_password: 'Too common.' },
    toCorrect: 'new_password',
  })
  service().answers['auth.changePassword'] = { status: 503, code: 'unavailable' }
  const { result } = await change(passwords)
  expect([result?.values, result?.toCorrect]).toEqual([{}, 'current_password'])
  service().heard.length = 0
  const blank = await change({ current_password: '', new_password: '' })
  expect([blank.result?.toCorrect, listCalls(service())]).toEqual(['current_password', []])
})

const devices = '/account/sessions'

test('the named session is ended; one already over counts as ended', async () => {
  const end = (fields: Record<string, string>) => act(loggedIn, () => endSession(toForm(fields)))
  service().answers['auth.endSession'] = { data: {} }
  expect((await end({ id: 'one' })).sentTo).toBe(`${devices}?notice=ended`)
  expect(readInput(service())).toEqual({ id: 'one' })
  service().answers['auth.endSession'] = { status: 404, code: 'not_found' }
  expect((await end({ id: 'gone' })).sentTo).toBe(`${devices}?notice=ended`)
  for (const code of ['unavailable', 'invalid_input']) {
    service().answers['auth.endSession'] = { status: 503, code }
    expect((await end({})).sentTo).toBe(`${devices}?notice=failed`)
  }
})

test('all other sessions are ended, and it is said whether that worked', async () => {
  service().answers['auth.endOtherSessions'] = { data: {} }
  expect((await act(loggedIn, () => endOtherSessions(new FormData()))).sentTo).toBe(
    `${devices}?notice=others-ended`,
  )
  expect(listCalls(service())).toEqual(['auth.endOtherSessions'])
  service().answers['auth.endOtherSessions'] = { status: 404, code: 'not_found' }
  expect((await act(loggedIn, () => endOtherSessions(new FormData()))).sentTo).toBe(
    `${devices}?notice=failed`,
  )
})

test('a form of another user changes nothing and says whose session runs', async () => {
  const access = forgeToken({ exp: inSeconds(86_400), user_id: 7 })
  const headers = holding({ access, refresh: 'r' })
  service().answers['auth.me'] = { data: { ...user, email: 'grace@example.com' } }
  for (const fields of [{ owner: '8' }, {}]) {
    const form = toForm({ display_name: 'Ada', bio: '', ...fields })
    const { result } = await act(headers, () => updateProfile(blankForm(), form))
    expect(result?.errors.form).toBe('You are logged in as grace@example.com now. Nothing was saved.')
    expect(result?.values).toEqual({ display_name: 'Ada', bio: '' })
    const { sentTo } = await act(headers, () => endOtherSessions(form))
    expect(sentTo).toBe('/account?notice=other-user')
  }
  expect(listCalls(service()).filter((name) => name !== 'auth.me')).toEqual([])
  service().answers['auth.me'] = { status: 503, code: 'unavailable' }
  const { result } = await act(headers, () => updateProfile(blankForm(), toForm({ owner: '8' })))
  expect(result?.errors.form).toBe('You are logged in with another account now. Nothing was saved.')
  service().answers['auth.updateProfile'] = { data: user }
  const own = toForm({ display_name: 'Ada', bio: '', owner: '7' })
  expect((await act(headers, () => updateProfile(blankForm(), own))).sentTo).toBe(
    '/account?notice=profile-saved',
  )
})
