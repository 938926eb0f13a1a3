import type { Page } from '@playwright/test'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { cookieNames, forgeToken, inSeconds, readTokens } from './session-cookies.ts'

/** What the form of a page sends without JavaScript, hidden fields included. */
async function readForm(page: Page, button: string): Promise<Record<string, string>> {
  const form = page.locator('form', { has: page.getByRole('button', { name: button, exact: true }) })
  const fields = await form.evaluate((element: HTMLFormElement) =>
    Array.from(element.querySelectorAll('input'), ({ name, value }): [string, string] => [name, value]),
  )
  return Object.fromEntries(fields)
}

const foreign: Record<string, string>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: '' },
  { origin: 'http://127.0.0.1' },
  { origin: 'http://localhost:1' },
]

test('a form on another site cannot log anybody in', async ({ request, loginPage, baseURL }) => {
  await loginPage.open()
  const fields = await readForm(loginPage.page, 'Log in')
  const multipart = { ...fields, email: people.ada.email, password: people.ada.password }
  const own = { origin: baseURL ?? '' }
  const login = await request.post('/login', { multipart, headers: own, maxRedirects: 0 })
  expect(login.status()).toBe(303)
  const sites = [
    ...foreign,
    {},
    { ...own, 'sec-fetch-site': 'cross-site' },
    { ...own, 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of sites) {
    const answer = await request.post('/login', { multipart, headers, maxRedirects: 0 })
    expect(answer.status(), JSON.stringify(headers)).toBe(403)
    expect(answer.headers()).not.toHaveProperty('set-cookie')
  }
})

test("a foreign page's form in a real browser gets nothing", async ({
  page,
  context,
  loginPage,
  newcomer,
  baseURL,
}) => {
  await loginPage.logIn(newcomer)
  const fields = await readForm(page, 'Log out')
  const inputs = Object.entries(fields).map(([name, value]) => `<input name='${name}' value='${value}'>`)
  const evil = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' })
    response.end(
      `<form method=post enctype=multipart/form-data action="${baseURL}/session/end">${inputs.join('')}<button>Win</button></form>`,
    )
  }).listen(0, '127.0.0.1')
  await once(evil, 'listening')
  const address = evil.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  const before = await readTokens(context)
  await page.goto(`http://localhost:${address.port}/`)
  const [answer] = await Promise.all([
    page.waitForResponse(`${baseURL}/session/end`),
    page.getByRole('button', { name: 'Win' }).click(),
  ])
  expect(answer.status()).toBe(403)
  expect(await readTokens(context)).toEqual(before)
  await page.goto(`${baseURL}/account`)
  await expect(page.getByText(newcomer.email)).toBeVisible()
  evil.closeAllConnections()
  evil.close()
})

test('a request that skips proxy.ts gains nothing', async ({ request }) => {
  const forged = forgeToken({
    exp: inSeconds(3600),
    token_type: 'access',
    user_id: 1,
    email: people.ada.email,
  })
  const skips = [
    {},
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy' },
    { 'x-middleware-subrequest': 'proxy' },
    { 'x-middleware-next': '1' },
    { 'x-middleware-rewrite': '/account' },
    { 'x-matched-path': '/account' },
    { 'x-invoke-path': '/account' },
    { 'x-nextjs-data': '1' },
    { rsc: '1', 'next-router-prefetch': '1' },
  ]
  for (const skip of skips) {
    const cookie = `${cookieNames.access}=${forged}`
    const answer = await request.get('/account', { headers: { ...skip, cookie }, maxRedirects: 0 })
    const text = await answer.text()
    expect(answer.status()).toBeLessThan(500)
    expect(text).not.toContain(people.ada.display_name)
    expect(text).not.toContain(people.ada.email)
  }
})

test("a forged Host never receives the visitor's cookies from the server", async ({ request, loginPage }) => {
  const heard: string[] = []
  const evil = createServer((incoming, response) => {
    heard.push(incoming.url ?? '')
    response.end()
  }).listen(0, '127.0.0.1')
  await once(evil, 'listening')
  const address = evil.address()
  if (address === null || typeof address === 'string') throw new TypeError('The server has no port.')
  const host = `127.0.0.1:${address.port}`
  await loginPage.open()
  const fields = await readForm(loginPage.page, 'Log in')
  const multipart = { ...fields, email: people.ada.email, password: people.ada.password }
  for (const name of ['host', 'x-forwarded-host']) {
    await request.post('/login', {
      multipart,
      headers: { [name]: host, origin: `http://${host}`, 'x-forwarded-proto': 'http' },
      maxRedirects: 0,
    })
  }
  expect(heard).toEqual([])
  evil.closeAllConnections()
  evil.close()
})
