import { elsewhere } from './elsewhere.ts'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { cookieNames, forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

test('no login leads to another site or an unknown page', async ({ page, context, loginPage, baseURL }) => {
  const visited = new Set<string>()
  context.on('request', (request) => visited.add(new URL(request.url()).origin))
  for (const next of elsewhere) {
    await context.clearCookies()
    const answer = await page.request.get(`/login?next=${encodeURIComponent(next)}`)
    expect(await answer.text(), next).not.toContain('name="next"')
  }
  await page.goto(`/login?next=${encodeURIComponent('//evil.example')}`)
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account')
  for (const next of elsewhere) {
    for (const path of ['/login', '/register', '/session/renew']) {
      const answer = await page.request.get(`${path}?next=${encodeURIComponent(next)}`, { maxRedirects: 0 })
      expect(answer.status(), path + next).toBe(307)
      expect(answer.headers()['location'], path + next).toBe('/account')
    }
  }
  expect([...visited]).toEqual([baseURL])
})

test('a hidden field that was tampered with leads to the account', async ({ page, context, loginPage }) => {
  for (const next of ['//evil.example', 'https://evil.example/account', 'javascript:alert(1)//account']) {
    await context.clearCookies({ name: cookieNames.access })
    await context.clearCookies({ name: cookieNames.refresh })
    await page.goto('/login?next=/account/sessions')
    await page.locator('input[name=next]').evaluate((input: HTMLInputElement, value) => {
      input.value = value
    }, next)
    await loginPage.enter(people.ada)
    await loginPage.button.click()
    await expect(page).toHaveURL('/account')
  }
})

test('after a refresh or an ended session the visitor returns too', async ({ page, context, loginPage }) => {
  await loginPage.logIn(people.ada)
  const rejected = forgeToken({ exp: inSeconds(3600), token_type: 'access' })
  await plantTokens(context, page.url(), { access: rejected })
  await page.goto('/account/sessions')
  await expect(page).toHaveURL('/account/sessions')
  await plantTokens(context, page.url(), { access: rejected, refresh: 'garbage' })
  await page.goto('/account/sessions')
  await expect(page.getByText('Your session has ended. Please log in again.', { exact: true })).toBeVisible()
  await expect(page).toHaveURL('/login?next=%2Faccount%2Fsessions')
  await loginPage.enter(people.ada)
  await loginPage.button.click()
  await expect(page).toHaveURL('/account/sessions')
})
