import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { session } from '@pockitflyer/auth-protocol/schemas'
import { expectNoViolation } from './axe.ts'
import { apiUrl, expect } from './fixtures.ts'
import { databaseUrl, test } from './flyers-stack.ts'
import { LoginPage } from './login-page.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'
import { startFlyers, startWeb } from './web-server.ts'

async function write(page: Page, title: string, body = ''): Promise<void> {
  await page.getByLabel('Title').fill(title)
  await page.getByLabel('What it says').fill(body)
}

test('a flyer is posted and stands among mine, the newest first', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.getByRole('link', { name: 'Flyers' }).click()
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
  await expect(page.getByText(`Posted as ${newcomer.display_name}`)).toBeVisible()
  await page.getByRole('link', { name: 'Post a flyer' }).click()
  await write(page, 'Street <b>festival</b>', 'Saturday\nשבת')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('Street <b>festival</b>')
  const body = page.getByText('Saturday')
  expect(await body.evaluate((element) => element.textContent)).toBe('Saturday\nשבת')

  await page.goto('/flyers?post')
  await write(page, 'Second')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Second', 'Street <b>festival</b>'])
})

test('who is not logged in comes back here after the login', async ({ page, loginPage, newcomer }) => {
  await page.goto('/flyers')
  await expect(page).toHaveURL('/login?next=%2Fflyers')
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page).toHaveURL('/flyers')
})

test('an error stands beside its field, and no text is lost', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/flyers?post')
  const [title, body] = [page.getByLabel('Title'), page.getByLabel('What it says')]
  const post = page.getByRole('button', { name: 'Post flyer' })
  await write(page, ' ', 'kept')
  await post.click()
  await expect(title).toHaveAccessibleDescription('Enter a title.')
  await expect(title).toBeFocused()
  await expect(body).toHaveValue('kept')
  await write(page, 'x'.repeat(121), 'x'.repeat(2001))
  await post.click()
  await expect(title).toHaveAccessibleDescription(/At most 120 characters/)
  await expect(body).toHaveAccessibleDescription(/At most 2,000 characters/)
})

test('a form sent twice posts one flyer; changed, it asks first', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/flyers?post')
  const id = await page.locator('input[name=id]').inputValue()
  const restore = () =>
    page.locator('input[name=id]').evaluate((input, id) => input.setAttribute('value', id), id)
  const post = page.getByRole('button', { name: 'Post flyer' })
  await write(page, 'Once')
  await post.dblclick()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Once'])

  await page.goto('/flyers?post')
  await restore()
  await write(page, 'Once')
  await post.click()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Once'])

  await page.goto('/flyers?post')
  await restore()
  await write(page, 'Twice')
  await post.click()
  await expect(page.getByText('You posted this form already, with other words.')).toBeVisible()
  await expect(page.getByLabel('Title')).toHaveValue('Twice')
  await post.click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Twice', 'Once'])
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a flyer is posted too, and an error keeps what was written', async ({
    page,
    loginPage,
    newcomer,
  }) => {
    await loginPage.logIn(newcomer)
    await page.goto('/flyers?post')
    await write(page, '', 'kept')
    await page.getByRole('button', { name: 'Post flyer' }).click()
    await expect(page.getByLabel('Title')).toHaveAccessibleDescription('Enter a title.')
    await expect(page.getByLabel('What it says')).toHaveValue('kept')
    await page.getByLabel('Title').fill('Festival')
    await page.getByRole('button', { name: 'Post flyer' }).click()
    await expect(page.getByText('Your flyer is posted.')).toBeVisible()
    await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Festival'])
  })
})

test('without the flyers service its page says so and keeps text', async ({
  page,
  request,
  loginPage,
  newcomer,
  stack,
}) => {
  await loginPage.logIn(newcomer)
  await page.goto('/flyers?post')
  await stack.gate.shut()
  await write(page, 'Festival', 'kept')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByText('We cannot reach our service right now.')).toBeVisible()
  await expect(page.getByLabel('What it says')).toHaveValue('kept')
  await page.goto('/flyers')
  await expect(page.getByText('We cannot reach your flyers right now.')).toBeVisible()
  expect((await request.get('/api/flyers/mine')).status()).toBe(502)
  await page.getByRole('link', { name: 'Profile' }).click()
  await expect(page.getByText(newcomer.email)).toBeVisible()
  await stack.gate.open()
  await page.goto('/flyers')
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
})

test('its REST paths stand on the one origin, for any access token', async ({ request, newcomer }) => {
  const login = await request.post('/api/users/login/', {
    data: { email: newcomer.email, password: newcomer.password },
  })
  const { access } = session.parse(await login.json())
  const headers = { authorization: `Bearer ${access}` }
  const data = { id: randomUUID(), title: 'Festival' }
  expect((await request.post('/api/flyers', { headers, data })).status()).toBe(201)
  expect(await (await request.get('/api/flyers/mine', { headers })).json()).toMatchObject({ flyers: [data] })
  const refused = await request.get('/api/flyers/mine')
  expect([refused.status(), refused.headers()['www-authenticate']]).toEqual([401, 'Bearer'])
})

test('an access token unknown to the flyers service is refreshed', async ({
  page,
  context,
  loginPage,
  newcomer,
  stack,
}) => {
  await loginPage.logIn(newcomer)
  const access = forgeToken({ exp: inSeconds(3600), token_type: 'access' })
  await plantTokens(context, stack.webUrl, { access })
  await page.goto('/flyers')
  await expect(page.getByText('Nothing here yet.')).toBeVisible()
  await page.goto('/flyers?post')
  await plantTokens(context, stack.webUrl, { access })
  await write(page, 'Festival')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
})

test('a flyers service that refuses good tokens ends no session', async ({ browser, newcomer }) => {
  // The other API signs with HS256: it publishes no key that could verify a token.
  const flyers = await startFlyers(databaseUrl, apiUrl)
  const web = await startWeb(apiUrl, { FLYERS_URL: flyers.url })
  const page = await browser.newPage({ baseURL: web.url })
  await new LoginPage(page).logIn(newcomer)
  await page.goto('/flyers')
  await expect(page.getByText('We cannot reach your flyers right now.')).toBeVisible()
  await page.goto('/account')
  await expect(page.getByText(newcomer.email)).toBeVisible()

  await page.close()
  await web.stop()
  await flyers.stop()
})

test('without a flyers service no page and no link exist', async ({ page, request, loginPage, newcomer }) => {
  const web = await startWeb(apiUrl)
  const alone = (path: string) => web.url + path
  await page.goto(alone('/login'))
  await loginPage.enter(newcomer)
  await loginPage.button.click()
  await expect(page.getByRole('link', { name: 'Devices' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Flyers' })).toHaveCount(0)
  expect((await page.goto(alone('/flyers')))?.status()).toBe(404)
  expect((await request.get(alone('/api/flyers/mine'))).status()).toBe(404)
  await web.stop()
})

test('axe finds nothing in light and dark', async ({ page, loginPage, newcomer, stack }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/flyers')
  await expectNoViolation(page, 'no flyers')
  await page.goto('/flyers?post')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByLabel('Title')).toBeFocused()
  await expectNoViolation(page, 'post, blank')
  await write(page, 'Festival', 'Saturday')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
  await expectNoViolation(page, 'posted')
  await stack.gate.shut()
  await page.goto('/flyers')
  await expect(page.getByText('You are still logged in.')).toBeVisible()
  await expectNoViolation(page, 'unavailable')
})
