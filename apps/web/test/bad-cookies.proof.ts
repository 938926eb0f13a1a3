import { expect, test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { people } from './people.ts'
import { forgeToken, inSeconds, plantTokens, readTokens } from './session-cookies.ts'

const pages = ['/account', '/account/sessions', '/login', '/']

/** The same token with other claims under the old signature. */
function tamper(token: string, claims: Record<string, unknown>): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const before: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString())
  const after = { ...(typeof before === 'object' ? before : {}), ...claims }
  return [header, Buffer.from(JSON.stringify(after)).toString('base64url'), signature].join('.')
}

test("any cookies give a page after few redirects, never another user's", async ({
  page,
  context,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const other = await browser.newContext({ baseURL: baseURL ?? '' })
  await new LoginPage(await other.newPage()).logIn(people.grace)
  const hers = await readTokens(other)
  await loginPage.logIn(newcomer)
  const { access = '', refresh = '' } = await readTokens(context)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()

  const graceId = 1
  const states = [
    {},
    { access },
    { refresh },
    { access, refresh },
    { access: refresh, refresh: access },
    { access: tamper(hers.access ?? '', { user_id: graceId, email: people.ada.email }) },
    { access: tamper(access, { exp: inSeconds(10 ** 9), sid: null }), refresh: tamper(refresh, { gen: -1 }) },
    { access: forgeToken({ exp: 'soon' }), refresh: forgeToken({ exp: 1e308 }) },
    { access: `${access}.${access}`, refresh: '%00%ff' },
    { access: 'null', refresh: 'undefined' },
    { access: 'ü'.repeat(10), refresh: '"quoted"' },
    { access: 'x'.repeat(3500), refresh: 'x'.repeat(3500) },
  ]
  for (const tokens of states) {
    for (const path of pages) {
      await context.clearCookies()
      await plantTokens(context, baseURL ?? '', tokens)
      const answer = await page.request.get(path, { maxRedirects: 4 })
      const text = await answer.text()
      expect(answer.status(), path).toBe(200)
      expect(text, path).toContain('</html>')
      expect(text).not.toMatch(/ at \w+ \(|node_modules|digest|Error:/)
      for (const person of [people.ada, people.grace, newcomer]) expect(text).not.toContain(person.email)
    }
  }
  await other.close()
})

test('cookies of two users give one session after the other, unmixed', async ({
  page,
  context,
  browser,
  loginPage,
  newcomer,
  baseURL,
}) => {
  const other = await browser.newContext({ baseURL: baseURL ?? '' })
  await new LoginPage(await other.newPage()).logIn(people.grace)
  const hers = await readTokens(other)
  await loginPage.logIn(newcomer)
  await plantTokens(context, page.url(), { refresh: hers.refresh ?? '' })
  await page.goto('/account')
  await expect(page.getByText(newcomer.email)).toBeVisible()
  await plantTokens(context, page.url(), { access: 'garbage' })
  await page.goto('/account')
  await expect(page.getByText(people.grace.email)).toBeVisible()
  await expect(page.getByText(newcomer.email)).toHaveCount(0)
  await other.close()
})
