import { createAuthClient } from '@pockitflyer/auth-client'
import { apiUrl, expect, test } from './fixtures.ts'
import { cookieNames, readTokens } from './session-cookies.ts'

test('a form sent without an access token works and keeps the pair', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account?edit')
  const before = await readTokens(context)
  await context.clearCookies({ name: cookieNames.access })
  await page.getByLabel('Display name').fill('Lin Refreshed')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('Lin Refreshed')).toBeVisible()
  const after = await readTokens(context)
  expect(after.refresh).not.toBe(before.refresh)
  expect(after.access).toBeDefined()
  await page.reload()
  await expect(page.getByText('Lin Refreshed')).toBeVisible()
})

test('a form sent after the session ended leads to login and back', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/account/password')
  const { refresh = '' } = await readTokens(context)
  await createAuthClient({ url: `${apiUrl}/api/trpc` }).auth.logout.mutate({ refresh })
  await page.getByLabel('Current password', { exact: true }).fill(newcomer.password)
  await page.getByLabel('New password', { exact: true }).fill('another flyer on the wall')
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Your session has ended. Please log in again.', { exact: true })).toBeVisible()
  expect(await readTokens(context)).toEqual({})
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account/password')
})
