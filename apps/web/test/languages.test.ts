import { expect, test } from './fixtures.ts'
import { allTexts } from '../src/texts/all-texts.ts'
import type { Page } from '@playwright/test'

const { de, ar } = allTexts

async function choose(page: Page, language: string): Promise<void> {
  await page.getByRole('contentinfo').getByRole('button', { name: language }).click()
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the footer changes the language, and the page stays with its query', async ({ page }) => {
    const path = '/login?notice=logged-out&next=%2Faccount%2Fsessions'
    await page.goto(path)
    await choose(page, 'العربية')
    await expect(page).toHaveURL(path)
    await expect(page.locator('html')).toHaveAttribute('lang', 'ar')
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
    await expect(page.getByText(ar.loginNotices.loggedOut)).toBeVisible()

    await page.goto('/reset-password?t=a-link')
    await choose(page, 'Deutsch')
    await expect(page).toHaveURL('/reset-password?t=a-link')
    await expect(page.getByRole('heading')).toHaveText(de.resetPassword.title)
    await expect(page.locator('html')).toHaveAttribute('dir', 'ltr')
  })
})

test('a mailed link keeps its secret in another language', async ({ page }) => {
  await page.goto('/undo?t=a-link')
  await expect(page).toHaveURL('/undo')
  await choose(page, 'Deutsch')
  await expect(page.getByRole('button', { name: de.undo.button })).toBeVisible()
})

test('a chosen language outlasts login and logout, and mails have it too', async ({
  page,
  newcomer,
  accounts,
}) => {
  await page.goto('/login')
  await choose(page, 'Deutsch')
  await page.getByLabel(de.forms.email).fill(newcomer.email)
  await page.getByLabel(de.loginForm.password, { exact: true }).fill(newcomer.password)
  await page.getByRole('button', { name: de.loginForm.submit }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(de.account.title)

  await page.goto('/account/password')
  await choose(page, 'العربية')
  await expect(page).toHaveURL('/account/password')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ar.password.title)
  const { locale } = await accounts.db
    .selectFrom('users')
    .innerJoin('emails', 'emails.user_id', 'users.id')
    .select('users.locale')
    .where('emails.email', '=', newcomer.email)
    .executeTakeFirstOrThrow()
  expect(locale).toBe('ar')

  await page.getByRole('button', { name: ar.logout.button }).click()
  await expect(page.getByText(ar.loginNotices.loggedOut)).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ar.login.title)
})

test('a login brings the user’s language to a browser without a choice', async ({
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  await accounts.db.updateTable('users').set({ locale: 'ar' }).where('email', '=', newcomer.email).execute()
  await loginPage.open()
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(ar.account.title)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  await expect(page.getByRole('button', { name: 'العربية' })).toHaveAttribute('lang', 'ar')
})

test.describe('in a German browser', () => {
  test.use({ locale: 'de-DE' })

  test('errors of fields, logins and emails are German', async ({ page }) => {
    await page.goto('/login')
    const email = page.getByLabel(de.forms.email)
    const password = page.getByLabel(de.loginForm.password, { exact: true })
    const submit = page.getByRole('button', { name: de.loginForm.submit })
    await submit.click()
    await expect(email).toHaveAccessibleDescription(de.fieldErrors.blank.email)
    await expect(password).toHaveAccessibleDescription(de.fieldErrors.blank.password)
    await page.reload()
    await email.fill('ada.example.com')
    await password.fill('not it')
    await expect(email).toHaveAccessibleDescription(de.forms.noAt)
    await email.fill('ada@example.com')
    await submit.click()
    await expect(password).toHaveAccessibleDescription(de.login.wrong)
  })

  test('an answer says its language, and no cache keeps it for another', async ({ request }) => {
    for (const [acceptLanguage, language] of [
      ['de-AT', 'de'],
      ['fr;q=0.5, es', 'es'],
      ['nl', 'en'],
    ]) {
      const answer = await request.get('/login', { headers: { 'Accept-Language': acceptLanguage ?? '' } })
      const { 'content-language': told, 'cache-control': cache } = answer.headers()
      expect([told, await answer.text()]).toEqual([
        language,
        expect.stringContaining(`<html lang="${language}"`),
      ])
      expect(cache).toContain('no-store')
    }
  })
})

test('another site cannot change the language', async ({ request, baseURL }) => {
  const form = { language: 'ar', page: '/login' }
  const headers = { Origin: 'https://evil.example' }
  const answer = await request.post('/session/language', { form, headers, maxRedirects: 0 })
  expect(answer.status()).toBe(403)
  const elsewhere = await request.post('/session/language', {
    form: { language: 'xx', page: '/.//evil.example' },
    headers: { Origin: baseURL ?? '' },
    maxRedirects: 0,
  })
  expect([elsewhere.status(), elsewhere.headers()['location'], elsewhere.headers()['set-cookie']]).toEqual([
    303,
    '/',
    undefined,
  ])
})
