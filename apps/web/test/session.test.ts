import { createAuthClient, findAuthError } from '@pockitflyer/auth-client'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import {
  cookieNames,
  userCookieName,
  forgeToken,
  inSeconds,
  plantTokens,
  readTokens,
} from './session-cookies.ts'

test('no script reads session cookies, which live as long as tokens', async ({
  page,
  context,
  loginPage,
}) => {
  await loginPage.logInByForm(people.ada)
  const readable = async () => (await page.evaluate(() => document.cookie)).split('; ').toSorted().join('; ')
  await expect.poll(readable).toMatch(/^__Host-pf_user=\d+; pf_zone=[^;]+$/)
  const all = await context.cookies()
  const cookies = all.filter(({ name }) => name !== 'pf_zone' && name !== userCookieName)
  expect(cookies.map(({ name }) => name).toSorted()).toEqual(
    Object.values({ ...cookieNames, device: '__Host-pf_device' }).toSorted(),
  )
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({
      httpOnly: true,
      secure: true,
      sameSite: 'Lax',
      path: '/',
      domain: '127.0.0.1',
    })
  }
  const day = 24 * 60 * 60
  const lifetimeOf = (name: string) =>
    (cookies.find((cookie) => cookie.name === name)?.expires ?? 0) - inSeconds(0)
  expect(Math.abs(lifetimeOf(cookieNames.access) - day)).toBeLessThan(30)
  expect(Math.abs(lifetimeOf(cookieNames.refresh) - 7 * day)).toBeLessThan(30)
  const zone = all.find(({ name }) => name === 'pf_zone')
  expect(zone).toMatchObject({ secure: true, sameSite: 'Lax', path: '/', domain: '127.0.0.1' })
})

test('no token stands in any answer from login to logout', async ({ page, context, loginPage }) => {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    bodies.push(response.text().catch(() => ''))
  })
  await loginPage.logInByForm(people.ada)
  const first = await readTokens(context)
  await context.clearCookies({ name: cookieNames.access })
  await page.reload()
  await expect(page.getByText(people.ada.email)).toBeVisible()
  const second = await readTokens(context)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()

  const tokens = [...Object.values(first), ...Object.values(second)]
  expect(new Set(tokens).size).toBe(4)
  const everything = (await Promise.all(bodies)).join('\n')
  expect(everything).toContain(people.ada.email)
  for (const token of tokens) expect(everything).not.toContain(token)
  expect(everything).not.toContain('eyJ')
})

test('missing, expiring and unreadable access tokens are refreshed before rendering', async ({
  page,
  context,
  loginPage,
}) => {
  await loginPage.logIn(people.ada)
  const states = [
    undefined,
    forgeToken({ exp: inSeconds(30) }),
    forgeToken({ exp: inSeconds(-60) }),
    'garbage',
  ]
  for (const access of states) {
    const before = await readTokens(context)
    await context.clearCookies({ name: cookieNames.access })
    if (access !== undefined) await plantTokens(context, page.url(), { access })
    const answer = await page.goto('/account')
    expect(answer?.request().redirectedFrom()).toBeNull()
    await expect(page.getByText(people.ada.email)).toBeVisible()
    const after = await readTokens(context)
    expect(after.refresh).not.toBe(before.refresh)
    expect(after.access).not.toBe(access)
  }
})

test('two tabs that refresh at the same moment both stay logged in', async ({ page, context, loginPage }) => {
  await loginPage.logIn(people.ada)
  await context.clearCookies({ name: cookieNames.access })
  const other = await context.newPage()
  await Promise.all([page.goto('/account'), other.goto('/account')])
  for (const tab of [page, other]) await expect(tab.getByText(people.ada.email)).toBeVisible()
})

test('a rejected access token is refreshed once on the way', async ({ page, context, loginPage }) => {
  await loginPage.logIn(people.ada)
  await plantTokens(context, page.url(), {
    access: forgeToken({ exp: inSeconds(3600), token_type: 'access' }),
  })
  await page.goto('/account')
  await expect(page.getByText(people.ada.email)).toBeVisible()
})

test('bad cookies end at the login without a loop and go', async ({ page, context, baseURL }) => {
  const foreign = forgeToken({ exp: inSeconds(3600), token_type: 'access', user_id: 1 })
  const expired = forgeToken({ exp: inSeconds(-3600), token_type: 'access', user_id: 1 })
  const states = [
    { access: 'garbage' },
    { refresh: 'garbage' },
    { access: 'garbage', refresh: 'garbage' },
    { access: foreign },
    { access: foreign, refresh: foreign },
    { access: expired, refresh: expired },
    { access: expired, refresh: foreign },
    { access: 'a.b.c', refresh: 'x'.repeat(3000) },
  ]
  for (const tokens of states) {
    for (const path of ['/account', '/', '/login', '/session/renew']) {
      await context.clearCookies()
      await plantTokens(context, baseURL ?? '', tokens)
      const answer = await page.request.get(path, { maxRedirects: 3 })
      expect(answer.status()).toBe(200)
      expect(new URL(answer.url()).pathname).toBe('/login')
      if (path === '/account') expect(await readTokens(context)).toEqual({})
    }
  }
})

test('an ended session is reported at the login, which works again', async ({
  page,
  context,
  loginPage,
  baseURL,
}) => {
  await loginPage.logIn(people.ada)
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${baseURL}/api/trpc` }).auth.logout.mutate({ refresh })
  await context.clearCookies({ name: cookieNames.access })
  await page.goto('/account')
  await expect(page.getByText('Your session has ended. Please log in again.', { exact: true })).toBeVisible()
  expect(await readTokens(context)).toEqual({})
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
})

test('a client that keeps its cookies is not sent in circles', async ({ playwright, baseURL }) => {
  const client = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { cookie: `${cookieNames.refresh}=garbage` },
  })
  const answer = await client.get('/account', { maxRedirects: 5 })
  expect(answer.status()).toBe(200)
  expect(await answer.text()).toContain('Your session has ended.')
  await client.dispose()
})

test('a logout revokes the session, not only the cookies', async ({ page, context, loginPage, baseURL }) => {
  await loginPage.logIn(people.ada)
  const { refresh = '' } = await readTokens(context)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  expect(await readTokens(context)).toEqual({})
  const outcome = createAuthClient({ url: `${baseURL}/api/trpc` }).auth.refresh.mutate({ refresh })
  expect(findAuthError(await outcome.catch((error: unknown) => error))?.code).toBe('session_ended')
})
