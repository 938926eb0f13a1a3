import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { readSessionId } from './session-claims.ts'
import { cookieNames, forgeToken, inSeconds, plantTokens, readTokens } from './session-cookies.ts'

const accessTokens = {
  'about to expire': forgeToken({ exp: inSeconds(30) }),
  rejected: forgeToken({ exp: inSeconds(3600), token_type: 'access' }),
}

test('four tabs with one old token all show the account', async ({
  context,
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  await loginPage.logIn(newcomer)
  const sid = await readSessionId(context)
  const tabs = await Promise.all(Array.from({ length: 4 }, () => context.newPage()))
  for (const round of [1, 2]) {
    await plantTokens(context, page.url(), { access: forgeToken({ exp: inSeconds(30) }) })
    const paths = ['/account', '/account/sessions', '/account/password', '/account?edit']
    await Promise.all(tabs.map((tab, index) => tab.goto(paths[index % paths.length] ?? '/account')))
    for (const tab of tabs) {
      await expect(tab.getByRole('button', { name: 'Log out', exact: true })).toBeVisible()
      expect(new URL(tab.url()).pathname, `round ${round}`).toMatch(/^\/account/)
    }
  }
  const { refresh = '' } = await readTokens(context)
  await expect(
    createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.refresh.mutate({ refresh }),
  ).resolves.toBeDefined()
  const events = await accounts.db
    .selectFrom('auth_events')
    .select('kind')
    .where('session_id', '=', sid)
    .execute()
  expect(events.map(({ kind }) => kind)).not.toContain('refresh_reused')
})

test('40 requests with one old pair all get pages and working pairs', async ({
  page,
  context,
  request,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  const { refresh = '' } = await readTokens(context)
  const cookie = `${cookieNames.access}=${forgeToken({ exp: inSeconds(-5) })}; ${cookieNames.refresh}=${refresh}`
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => request.get('/account', { headers: { cookie }, maxRedirects: 0 })),
  )
  const pairs = new Set<string>()
  for (const answer of answers) {
    expect(answer.status()).toBe(200)
    expect(await answer.text()).toContain(newcomer.email)
    const pair = answer
      .headersArray()
      .filter(({ name }) => name.toLowerCase() === 'set-cookie')
      .map(({ value }) => value.split(';')[0])
    // And the user's id, for scripts.
    expect(pair).toHaveLength(3)
    pairs.add(pair.join('; '))
  }
  for (const pair of pairs) {
    const answer = await request.get('/account', { headers: { cookie: pair }, maxRedirects: 0 })
    expect(answer.status()).toBe(200)
  }
  await page.reload()
  await expect(page.getByText(newcomer.email)).toBeVisible()
})

for (const [state, access] of Object.entries(accessTokens)) {
  test(`a form sent with an access token ${state} works and keeps the pair`, async ({
    page,
    context,
    loginPage,
    newcomer,
  }) => {
    await loginPage.logIn(newcomer)
    await page.goto('/account?edit')
    const before = await readTokens(context)
    await context.clearCookies({ name: cookieNames.access })
    await plantTokens(context, page.url(), { access })
    await page.getByLabel('Display name').fill('Lin Refreshed')
    await page.getByRole('button', { name: 'Save profile' }).click()
    await expect(page.getByText('Your profile is saved.')).toBeVisible()
    await expect(page.getByText('Lin Refreshed')).toBeVisible()
    const after = await readTokens(context)
    expect(after.refresh).not.toBe(before.refresh)
    expect(after.access).not.toBe(access)
    await page.reload()
    await expect(page.getByText('Lin Refreshed')).toBeVisible()
  })
}
