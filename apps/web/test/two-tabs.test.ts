import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { makePerson, type Person } from './people.ts'

/** Keeps a tab from noticing what other tabs do, as one that sleeps. */
async function makeStale(page: Page): Promise<void> {
  await page.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => undefined
    Object.defineProperty(BroadcastChannel.prototype, 'addEventListener', { value: () => undefined })
  })
}

/** Logs in with another account in another tab of the same browser. */
async function switchUser(page: Page, person: Person): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto('/account')
  await tab.getByRole('button', { name: 'Log out' }).click()
  await expect(tab.getByText('You are logged out.')).toBeVisible()
  await new LoginPage(tab).logInByForm(person)
  return tab
}

test('a stale tab changes nothing of another account', async ({ page, loginPage, newcomer, accounts }) => {
  const other = makePerson()
  await accounts.add(other)
  await makeStale(page)
  await loginPage.logInByForm(newcomer)
  const openStale = async (path: string) => {
    const tab = await page.context().newPage()
    await makeStale(tab)
    await tab.goto(path)
    return tab
  }
  const [profile, password, devices, email, account] = [
    await openStale('/account?edit'),
    await openStale('/account/password'),
    await openStale('/account/sessions'),
    await openStale('/account/email'),
    await openStale('/account'),
  ]
  await switchUser(page, other)
  const refusal = `You are logged in as ${other.email} now. Nothing was`

  await profile.getByLabel('Display name').fill('Stale')
  await profile.getByRole('button', { name: 'Save profile' }).click()
  await expect(profile.getByText(`${refusal} saved.`)).toBeVisible()
  await expect(profile.getByLabel('Display name')).toHaveValue('Stale')

  await password.getByLabel('Current password', { exact: true }).fill(other.password)
  await password.getByLabel('New password', { exact: true }).fill('another flyer on the wall')
  await password.getByRole('button', { name: 'Change password' }).click()
  await expect(password.getByText(`${refusal} saved.`)).toBeVisible()

  await email.getByLabel('New email').fill('stale@example.com')
  await email.getByLabel('Current password', { exact: true }).fill(other.password)
  await email.getByRole('button', { name: 'Send the mail' }).click()
  await expect(email.getByText(`${refusal} saved.`)).toBeVisible()

  await devices.getByRole('button', { name: 'Turn these mails off' }).click()
  await expect(devices.getByText(`${refusal} changed.`)).toBeVisible()

  await account.getByRole('button', { name: 'Log out' }).click()
  await expect(account.getByText(`${refusal} changed.`)).toBeVisible()
  await expect(account.getByText(other.display_name)).toBeVisible()
  await account.goto('/account/sessions')
  await expect(account.getByRole('button', { name: 'Turn these mails off' })).toBeVisible()
})

test('every tab sees the logout or another login of one tab', async ({
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  const other = makePerson()
  await accounts.add(other)
  await loginPage.logInByForm(newcomer)
  const tab = await page.context().newPage()
  await tab.goto('/account/password')
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(tab).toHaveURL('/login?next=%2Faccount%2Fpassword')
  await new LoginPage(page).logInByForm(other)
  await expect(tab).toHaveURL('/account/password')
  await tab.goto('/account')
  await expect(tab.getByText(other.email)).toBeVisible()
})

test('a tab in front notices that the session is over', async ({ page, context, loginPage, newcomer }) => {
  await loginPage.logInByForm(newcomer)
  await page.goto('/account?edit')
  await page.getByLabel('About you').fill('Half a sentence')
  await context.clearCookies()
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page).toHaveURL('/login')
  await page.goto('/login?next=%2Faccount%3Fedit')
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page.getByLabel('About you')).toHaveValue('Half a sentence')
})
