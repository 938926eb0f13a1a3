import { directionOf } from '@pockitflyer/languages'
import { allTexts } from '../src/texts/all-texts.ts'
import { expect, test } from './fixtures.ts'
import { startInFrontOf } from './broken-service.ts'
import { forgeToken, inSeconds, plantTokens } from './session-cookies.ts'

const access = forgeToken({ exp: inSeconds(3600) })

test('a page that fails says so, shows no detail and leads on', async ({ browser }) => {
  const web = await startInFrontOf((response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('[{"result":{"data":{"id":1,"email":"ada@example.com"}}}]')
  })
  try {
    for (const locale of ['en', 'de', 'ar'] as const) {
      const { errorTitle, home } = allTexts[locale].forms
      const context = await browser.newContext({ locale })
      const page = await context.newPage()
      await plantTokens(context, web.url, { access })
      const answer = await page.goto(`${web.url}/account`)
      expect(answer?.status()).toBe(500)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(errorTitle)
      await expect(page.getByRole('link', { name: home })).toBeVisible()
      const { lang, dir } = await page.evaluate(readLanguage)
      expect([lang, dir]).toEqual([locale, directionOf(locale)])
      expect(await page.content()).not.toMatch(/TypeError|display_name|node_modules/)
      await context.close()
    }
  } finally {
    await web.stop()
  }
})

const nonsense: Record<string, string> = {
  'an HTML page': '<html>502 Bad Gateway</html>',
  nothing: '',
  'half of an answer': '[{"result":{"da',
  'an error of no known shape': '[{"error":{"message":"SELECT failed at db.internal","code":-1}}]',
}

test('a service that answers nonsense is reported by every page and form', async ({ page, context }) => {
  let body = ''
  const web = await startInFrontOf((response) => response.writeHead(500).end(body))
  try {
    for (const [what, answer] of Object.entries(nonsense)) {
      await test.step(what, async () => {
        body = answer
        await context.clearCookies()
        await page.goto(`${web.url}/login`)
        await page.getByLabel('Email').fill('ada@example.com')
        await page.getByLabel('Password', { exact: true }).fill('secret')
        await page.getByRole('button', { name: 'Log in' }).click()
        await expect(page.getByText('We cannot reach our service right now.')).toBeVisible()
        await plantTokens(context, web.url, { access })
        // The server renders these pages whole: their HTML is what a browser shows.
        for (const path of ['/account', '/account/sessions', '/account/password']) {
          const html = await (await page.request.get(web.url + path)).text()
          expect(html).toContain('You are still logged in.')
          expect(html).toMatch(new RegExp(`<a [^>]*href="${path}"[^>]*>Try again</a>`))
          expect(html).not.toContain('db.internal')
        }
        await context.clearCookies()
        const register = await page.request.get(`${web.url}/register`)
        expect(await register.text()).toMatch(/<button(?:(?!<\/button>).)*Create account/)
      })
    }
  } finally {
    await web.stop()
  }
})

/** Runs in the page. */
function readLanguage() {
  const { lang, dir } = document.documentElement
  return { lang, dir }
}
