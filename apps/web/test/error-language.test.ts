import type { Page } from '@playwright/test'
import { directionOf } from '@pockitflyer/languages'
import { allTexts } from '../src/texts/all-texts.ts'
import { expect, test } from './fixtures.ts'

/** Makes the root layout fail in the browser: one of its components is not there. */
async function failDocument(page: Page): Promise<void> {
  await page.route('/login', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: (await response.text()).replaceAll('PageStart', 'Missing') })
  })
}

for (const language of ['de', 'ar'] as const) {
  const { forms, notFound } = allTexts[language]

  test.describe(`in ${language}`, () => {
    test.use({ locale: language })

    test('a page that is not there says so in the language', async ({ page }) => {
      await page.goto('/nowhere')
      await expect(page).toHaveTitle(`${notFound.title} · Pockitflyer`)
      await expect(page.getByRole('heading')).toHaveText(notFound.heading)
      await expect(page.getByText(notFound.text)).toBeVisible()
      await expect(page.getByRole('link', { name: notFound.home })).toBeVisible()
    })

    test('a document that fails says so in the language', async ({ page }) => {
      await failDocument(page)
      await page.goto('/login')
      await expect(page.getByRole('alert')).toHaveText(forms.error)
      await expect(page).toHaveTitle(`${forms.errorTitle} · Pockitflyer`)
      await expect(page.getByRole('heading')).toHaveText(forms.errorTitle)
      await expect(page.getByRole('button', { name: forms.retry })).toBeVisible()
      await expect(page.getByRole('link', { name: forms.home })).toBeVisible()
      const { lang, dir } = await page.evaluate(readLanguage)
      expect([lang, dir]).toEqual([language, directionOf(language)])
    })
  })
}

test.describe('without its texts', () => {
  test.use({ locale: 'de' })

  test('a document that fails speaks English', async ({ page }) => {
    const html = await (await page.request.get('/login')).text()
    const isOfPage = (url: string) => html.includes(new URL(url).pathname)
    await page.route('**/_next/static/chunks/**', (route, request) =>
      isOfPage(request.url()) ? route.continue() : route.abort(),
    )
    await failDocument(page)
    await page.goto('/login')
    await expect(page.getByRole('alert')).toHaveText(allTexts.en.forms.error)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  })
})

/** Runs in the page. */
function readLanguage() {
  const { lang, dir } = document.documentElement
  return { lang, dir }
}
