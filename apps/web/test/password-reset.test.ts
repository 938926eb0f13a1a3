import { cookieNames } from './session-cookies.ts'
import { expect, test } from './fixtures.ts'
import { readMail, readMailSecrets } from './mailbox.ts'
import { ResetPage } from './reset-page.ts'
import { sendRobot } from './robot.ts'

const newPassword = 'seven ferries at noon'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('the link sets another password in the browser that asked', async ({
      page,
      loginPage,
      accounts,
      newcomer,
    }) => {
      const reset = new ResetPage(page)
      await loginPage.open()
      await page.getByRole('link', { name: 'Forgot password?' }).click()
      await expect(page).toHaveURL('/forgot-password')
      await reset.ask(newcomer.email)
      const { path } = await readMailSecrets(accounts.db, newcomer.email)
      await page.goto(path)
      await expect(reset.goOn).toBeVisible()
      await expect(reset.code).toHaveCount(0)
      await reset.goOn.click()
      await expect(reset.newPassword).toBeVisible()
      await expect(page).toHaveURL('/reset-password')
      await reset.choose(newPassword)
      await expect(page).toHaveURL('/login?notice=password-reset')
      const names = (await page.context().cookies()).map(({ name }) => name)
      expect(names.filter((name) => /pf_(ask|proof|access|refresh)/.test(name))).toEqual([])
      await loginPage.enter({ email: newcomer.email, password: newPassword })
      await loginPage.button.click()
      await expect(page).toHaveURL('/account')
    })

    test('another browser needs the code of the mail', async ({
      page,
      browser,
      accounts,
      newcomer,
      baseURL,
    }) => {
      const reset = new ResetPage(page)
      await reset.ask(newcomer.email)
      const { path, code } = await readMailSecrets(accounts.db, newcomer.email)
      const context = await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled })
      const other = new ResetPage(await context.newPage())
      await other.page.goto(path)
      await other.goOn.click()
      await expect(other.page.getByText('asked for in another browser')).toBeVisible()
      await other.code.fill(otherThan(code))
      await other.goOn.click()
      await expect(other.page.getByText('This code does not fit.')).toBeVisible()
      await expect(other.newPassword).toHaveCount(0)
      await other.code.fill(`${code.slice(0, 3)} ${code.slice(3)}`)
      await other.goOn.click()
      await other.choose(newPassword)
      await context.close()
    })

    test('the code may be typed where the mail was asked for', async ({ page, accounts, newcomer }) => {
      const reset = new ResetPage(page)
      await reset.ask(newcomer.email)
      const { code } = await readMailSecrets(accounts.db, newcomer.email)
      await reset.code.fill(otherThan(code))
      await reset.goOn.click()
      await expect(page.getByText('This code does not fit.')).toBeVisible()
      await reset.code.fill(code)
      await reset.goOn.click()
      await expect(page).toHaveURL('/reset-password')
      await reset.choose(newPassword)
    })
  })
}

test('a refused password keeps the form and the link', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  await page.goto((await readMailSecrets(accounts.db, newcomer.email)).path)
  await reset.goOn.click()
  await reset.newPassword.fill('password')
  await reset.save.click()
  await expect(page.getByText('This password is too common.')).toBeVisible()
  await expect(reset.newPassword).toBeFocused()
  await reset.choose(newPassword)
})

test('a used link says so and leads to a new mail', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  await page.goto(path)
  await reset.goOn.click()
  await reset.choose(newPassword)
  await page.goto(path)
  await reset.goOn.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This link was used')
  await page.getByRole('link', { name: 'Send a new mail' }).click()
  await expect(page).toHaveURL('/forgot-password')
})

test('a link shows the same page whether it works or not', async ({ page, request, accounts, newcomer }) => {
  await new ResetPage(page).ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  const forged = `${path.slice(0, -1)}${path.endsWith('a') ? 'b' : 'a'}`
  const pages = []
  for (const url of [path, forged]) {
    const answer = await request.get(url)
    const { date: _, 'content-security-policy': policy = '', ...headers } = answer.headers()
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers).not.toHaveProperty('set-cookie')
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    const html = (await answer.text()).replaceAll(nonce, '').replaceAll(url.slice(url.indexOf('=') + 1), '')
    pages.push({ status: answer.status(), headers, html })
  }
  expect(pages[1]).toEqual(pages[0])
})

test('the link leaves the address bar, and no Referer tells it', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  const token = path.slice(path.indexOf('=') + 1)
  const told: string[] = []
  page.on('request', (request) => {
    if ((request.headers()['referer'] ?? '').includes(token)) told.push(request.url())
  })
  await page.goto(path)
  await expect(page).toHaveURL('/reset-password')
  await page.getByRole('link', { name: 'Send a new mail' }).click()
  await expect(page).toHaveURL('/forgot-password')
  expect(told).toEqual([])
})

test('a robot at the link gets no form, uses nothing up', async ({
  page,
  browser,
  request,
  accounts,
  newcomer,
  baseURL,
}) => {
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  await sendRobot({ browser, request, baseURL: baseURL ?? '' }, path)
  await page.goto(path)
  await reset.goOn.click()
  await reset.choose(newPassword)
})

test('an email without an account meets the same pages', async ({ page, accounts, newcomer }) => {
  const unknown = `none-${newcomer.email}`
  await new ResetPage(page).ask(unknown)
  expect(await readMail(accounts.db, unknown)).toMatchObject({ template: 'no_account' })
  await page.getByRole('link', { name: 'Correct it' }).click()
  await expect(page.getByLabel('Email')).toHaveValue(unknown)
})

test('a reset ends the session that this browser had', async ({ page, loginPage, accounts, newcomer }) => {
  await loginPage.logIn(newcomer)
  const reset = new ResetPage(page)
  await reset.ask(newcomer.email)
  await reset.code.fill((await readMailSecrets(accounts.db, newcomer.email)).code)
  await reset.goOn.click()
  await reset.choose(newPassword)
  const names = (await page.context().cookies()).map(({ name }) => name)
  expect(names).not.toContain(cookieNames.refresh)
})

/** A code that is not this one. */
function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0')
}
