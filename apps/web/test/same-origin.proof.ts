import type { Page } from '@playwright/test'
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

test('a form on another site cannot log a user out anywhere', async ({
  page,
  context,
  loginPage,
  newcomer,
}) => {
  await loginPage.logIn(newcomer)
  const multipart = await readForm(page, 'Log out')
  const { access = '', refresh = '' } = await readTokens(context)
  const cookie = `${cookieNames.access}=${access}; ${cookieNames.refresh}=${refresh}`
  const paths = [
    '/session/end',
    '/account',
    '/login',
    '/no-such-page',
    '/session/renew',
    '/api/users/me/',
    '/.well-known/x',
    '/icon.svg',
    '/_next/static/x',
    '/_next/image',
    '/_next/static/../../account',
  ]
  for (const path of paths) {
    for (const headers of foreign) {
      const answer = await page.request.post(path, {
        multipart,
        headers: { ...headers, cookie },
        maxRedirects: 0,
      })
      expect(answer.status(), path).toBeGreaterThanOrEqual(400)
      expect(answer.headers(), path).not.toHaveProperty('set-cookie')
    }
  }
  await page.reload()
  await expect(page.getByText(newcomer.email)).toBeVisible()
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
    for (const cookie of ['', `${cookieNames.access}=${forged}`, `pf_access=${forged}`]) {
      for (const path of ['/account', '/account/sessions', '/account/password', '/login']) {
        const answer = await request.get(path, { headers: { ...skip, cookie }, maxRedirects: 0 })
        const text = await answer.text()
        expect(answer.status(), path).toBeLessThan(500)
        expect(text).not.toContain(people.ada.display_name)
        expect(text).not.toContain(people.ada.email)
      }
    }
  }
})
