import { apiUrl, expect, test } from './fixtures.ts'
import { expectNoViolation } from './axe.ts'
import { startWeb } from './web-server.ts'

test('a page’s foot has the links and languages that are set', async ({ page, loginPage }) => {
  await loginPage.open()
  await expect(page.getByRole('contentinfo').getByRole('link')).toHaveCount(0)
  await expect(page.getByRole('contentinfo').getByRole('button')).toHaveCount(5)
  const web = await startWeb(apiUrl, {
    HELP_URL: 'mailto:help@example.com',
    PRIVACY_URL: 'https://example.com/privacy',
    LANGUAGES: 'en',
  })
  try {
    for (const path of ['/login', '/no-such-page']) {
      await page.goto(web.url + path)
      const links = page.getByRole('contentinfo').getByRole('link')
      await expect(links).toHaveText(['Help', 'Privacy'])
      await expect(links.nth(0)).toHaveAttribute('href', 'mailto:help@example.com')
      await expect(links.nth(1)).toHaveAttribute('href', 'https://example.com/privacy')
      await expect(page.getByRole('contentinfo').getByRole('button')).toHaveCount(0)
      await expectNoViolation(page, path)
    }
  } finally {
    await web.stop()
  }
})
