import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

test('a login returns to the page that asked, despite detours', async ({ page, loginPage }) => {
  await page.goto('/account/sessions')
  await expect(page).toHaveURL('/login?next=%2Faccount%2Fsessions')
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByRole('link', { name: 'Log in' }).click()
  await loginPage.enter({ ...people.ada, password: 'not it' })
  await loginPage.button.click()
  await expect(page.getByText('do not match')).toBeVisible()
  await loginPage.password.fill(people.ada.password)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account/sessions')
  await page.goto('/login?next=/account/password')
  await expect(page).toHaveURL('/account/password')
})

test('after a refresh or an ended session the visitor returns too', async ({ page, context, loginPage }) => {
  await loginPage.logIn(people.ada)
  const rejected = forgeToken({ exp: inSeconds(3600), token_type: 'access' })
  await plantTokens(context, page.url(), { access: rejected })
  await page.goto('/account/sessions')
  await expect(page).toHaveURL('/account/sessions')
  await plantTokens(context, page.url(), { access: rejected, refresh: 'garbage' })
  await page.goto('/account/sessions')
  await expect(page).toHaveURL('/login?notice=session-ended&next=%2Faccount%2Fsessions')
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account/sessions')
})

test('a login that was led to another site ends at the account', async ({ page, loginPage }) => {
  for (const next of ['//evil.example', 'https://evil.example/account']) {
    const answer = await page.request.get(`/login?next=${encodeURIComponent(next)}`)
    expect(await answer.text(), next).not.toContain('name="next"')
  }
  await page.goto('/login?next=/account/sessions')
  await page.locator('input[name=next]').evaluate((input: HTMLInputElement) => {
    input.value = '//evil.example'
  })
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
})
