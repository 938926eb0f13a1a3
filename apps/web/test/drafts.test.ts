import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { makePerson } from './people.ts'
import { readTokens } from './session-cookies.ts'

test('a session that ends in an edit keeps the text', async ({ page, context, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  await page.getByLabel('About you').fill('A long story')
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.logout.mutate({ refresh })
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Your session has ended. Please log in again.', { exact: true })).toBeVisible()
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page.getByText('Here is what you typed. It is not saved yet.')).toBeVisible()
  await expect(page.getByLabel('About you')).toHaveValue('A long story')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('A long story')).toBeVisible()
  await page.goto('/account?edit')
  await expect(page.getByText('Here is what you typed.')).toHaveCount(0)
})

test('a draft is shown to no other user, and holds no password', async ({
  page,
  context,
  loginPage,
  newcomer,
  accounts,
}) => {
  const other = makePerson()
  await accounts.add(other)
  await loginPage.logIn(newcomer)
  for (const [path, label, button] of [
    ['/account/password', 'New password', 'Change password'],
    ['/account?edit', 'About you', 'Save profile'],
  ] as const) {
    await page.goto(path)
    await page.getByLabel(label, { exact: true }).fill('a secret of mine')
    if (label !== 'About you') await page.getByLabel('Current password', { exact: true }).fill('my secret')
    const { refresh = '' } = await readTokens(context)
    await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.logout.mutate({ refresh })
    await page.getByRole('button', { name: button }).click()
    await expect(
      page.getByText('Your session has ended. Please log in again.', { exact: true }),
    ).toBeVisible()
    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage)]),
    )
    if (label === 'About you') break
    expect(stored).not.toMatch(/secret/)
    await loginPage.enter(newcomer)
    await loginPage.button.click()
    await expect(page).toHaveURL('/account/password')
  }
  await loginPage.enter(other)
  await loginPage.button.click()
  await expect(page.getByLabel('Display name')).toHaveValue(other.display_name)
  await expect(page.getByLabel('About you')).toHaveValue('')
})

test('after a deployment a form reloads and keeps its fields', async ({ page, loginPage, newcomer }) => {
  /** The next action of this page is one that the server does not know. */
  const forget = async (path: string) => {
    let isForgotten = false
    await page.route(path, async (route) => {
      const headers = route.request().headers()
      if (headers['next-action'] === undefined || isForgotten) return route.continue()
      isForgotten = true
      return route.continue({ headers: { ...headers, 'next-action': `60${'0'.repeat(40)}` } })
    })
  }
  const said = page.getByText('This page was renewed while you had it open.')
  await loginPage.open()
  await loginPage.enter(newcomer)
  await forget('/login')
  await loginPage.button.click()
  await expect(said).toBeVisible()
  await expect(loginPage.email).toHaveValue(newcomer.email)
  await expect(loginPage.password).toHaveValue('')
  await loginPage.password.fill(newcomer.password)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
  await page.goto('/account?edit')
  await page.getByLabel('About you').fill('Typed before')
  await forget('/account?edit')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(said).toBeVisible()
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Typed before')).toBeVisible()
})

test('what is typed after sending a form outlasts the answer', async ({ page, loginPage, newcomer }) => {
  const { promise: typed, resolve: go } = Promise.withResolvers<void>()
  await page.route('/login', async (route) => {
    if (route.request().method() === 'POST') await typed
    await route.continue()
  })
  await loginPage.open()
  await loginPage.enter({ ...newcomer, password: 'not it' })
  await loginPage.button.click()
  await expect(page.getByRole('button', { name: 'Logging in…' })).toBeVisible()
  await loginPage.email.fill('another@example.com')
  go()
  await expect(page.getByText('That email and password do not match.')).toBeVisible()
  await expect(loginPage.email).toHaveValue('another@example.com')
  await expect(loginPage.password).toHaveValue('')
})
