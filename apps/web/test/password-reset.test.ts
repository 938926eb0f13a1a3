import { cookieNames } from './session-cookies.ts'
import { expect, test } from './fixtures.ts'
import { readMail, readMailSecrets } from './mailbox.ts'
import { ResetPage } from './reset-page.ts'
import { newPassword, resetByLink } from './reset-ways.ts'

test('the link sets another password in the browser that asked', async ({ page, accounts, newcomer }) =>
  resetByLink({ page, accounts, newcomer }))

test('a link shows the same page whether it works or not', async ({ page, request, accounts, newcomer }) => {
  await new ResetPage(page).ask(newcomer.email)
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  const forged = `${path.slice(0, -1)}${path.endsWith('a') ? 'b' : 'a'}`
  const pages = []
  for (const url of [path, forged]) {
    const answer = await request.get(url)
    const { date: _, 'content-security-policy': policy = '', link = '', ...headers } = answer.headers()
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers).not.toHaveProperty('set-cookie')
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    const html = (await answer.text()).replaceAll(nonce, '').replaceAll(url.slice(url.indexOf('=') + 1), '')
    pages.push({ status: answer.status(), headers, link: link.replaceAll(nonce, ''), html })
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
