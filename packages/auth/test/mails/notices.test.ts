import { describe, expect, test } from 'vitest'
import { revokeSession, revokeSessionsOfUser } from '../../src/admin/sessions.ts'
import { setPassword } from '../../src/admin/set-password.ts'
import { createService, openDatabase, password, type Service, sessionOf, logIn } from '../support/harness.ts'
import { mailEnv, readMails, readSecrets } from '../support/mailbox.ts'

const { db } = await openDatabase()
const lenient = await createService(db, mailEnv)
const strict = await createService(db, { ...mailEnv, BLACKLIST_AFTER_ROTATION: 'true' })
const newPassword = 'seven ferries at noon'
const operator = { client: { ip: null, userAgent: 'auth users set-password' } }

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1'

const templatesOf = async (service: Service) => (await readMails(service)).map(({ template }) => template)

/** Refreshes, as a device with this user agent does. */
async function refreshAs(service: Service, refresh: string, userAgent: string) {
  const headers = { 'User-Agent': userAgent, 'Content-Type': 'application/json' }
  return service.rest('POST', '/api/users/token/refresh/', { headers }, JSON.stringify({ refresh }))
}

/** Logs in and refreshes twice on one device: the first token is replaced, its successor used. */
async function logInAndRefreshTwice(service: Service) {
  const user = await logIn(service)
  const second = await refreshAs(service, user.refresh, firefox)
  await refreshAs(service, second.body.refresh, firefox)
  return user
}

describe('a user is told', () => {
  test('that the password was changed, and from where', async () => {
    const { access, email } = await logIn(lenient)
    const change = JSON.stringify({ current_password: password, new_password: newPassword })
    const headers = { 'Content-Type': 'application/json' }
    await lenient.rest('POST', '/api/users/password/change/', { token: access, headers }, change)
    expect(await readMails(lenient)).toMatchObject([
      {
        template: 'password_changed',
        toEmail: email,
        params: { ip: '203.0.113.7', userAgent: 'a test', displayName: 'Anonymous User' },
      },
    ])
  })

  test('that the password was reset', async () => {
    const { email } = await logIn(lenient)
    await lenient.post('password/reset/', { email })
    const { link } = await readSecrets(lenient)
    await lenient.post('password/reset/confirm/', { token: link, new_password: newPassword })
    expect(await templatesOf(lenient)).toEqual(['password_was_reset'])
  })

  test('that an operator set the password', async () => {
    const { id: userId } = await logIn(lenient)
    await setPassword(lenient.auth, operator, { userId, password: newPassword })
    expect(await templatesOf(lenient)).toEqual(['password_set_by_operator'])
  })

  test('that an operator revoked sessions, if there were any', async () => {
    const { id: userId } = await logIn(lenient)
    const { id: sessionId } = await sessionOf(db, userId)
    await revokeSession(lenient.auth, operator, { sessionId })
    expect(await templatesOf(lenient)).toEqual(['sessions_revoked_by_operator'])
    await revokeSessionsOfUser(lenient.auth, operator, { userId })
    expect(await templatesOf(lenient)).toEqual([])
  })

  test('that a session was revoked because its token was reused', async () => {
    const user = await logInAndRefreshTwice(strict)
    expect((await refreshAs(strict, user.refresh, firefox)).status).toBe(401)
    expect(await templatesOf(strict)).toEqual(['session_reused'])
  })

  test('that another device reused a token, once a session', async () => {
    const user = await logInAndRefreshTwice(lenient)
    expect((await refreshAs(lenient, user.refresh, iphone)).status).toBe(200)
    expect(await readMails(lenient)).toMatchObject([
      { template: 'session_reused', params: { userAgent: iphone } },
    ])
    await db.updateTable('sessions').set({ reused_at: null }).where('user_id', '=', user.id).execute()
    await refreshAs(lenient, user.refresh, iphone)
    expect(await templatesOf(lenient)).toEqual([])
  })
})

describe('a user is not told', () => {
  test('that the same device reused a token of a forgiving service', async () => {
    const user = await logInAndRefreshTwice(lenient)
    await refreshAs(lenient, user.refresh, firefox)
    expect(await templatesOf(lenient)).toEqual([])
  })

  test('anything where mail is off', async () => {
    const silent = await createService(db)
    const { id: userId } = await logIn(silent)
    await setPassword(silent.auth, operator, { userId, password: newPassword })
    expect(await templatesOf(lenient)).toEqual([])
  })

  test('of a change that did not happen', async () => {
    const { access } = await logIn(lenient)
    await lenient.post(
      'password/change/',
      { current_password: 'wrong', new_password: newPassword },
      { token: access },
    )
    expect(await templatesOf(lenient)).toEqual([])
  })
})
