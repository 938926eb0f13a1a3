import { fileURLToPath } from 'node:url'
import { test } from './fixtures.ts'
import { people } from './people.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test(`login and account, ${colorScheme}, ${viewport.width} px`, async ({ browser, baseURL }) => {
      const page = await browser.newPage({
        baseURL: baseURL ?? '',
        colorScheme,
        viewport,
        deviceScaleFactor: 1,
      })
      const shoot = (name: string) =>
        page.screenshot({
          path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
          animations: 'disabled',
        })

      await page.goto('/login')
      await shoot('login')
      await page.getByLabel('Email').fill(people.grace.email)
      await page.getByLabel('Password', { exact: true }).fill('not it')
      await page.keyboard.press('Enter')
      await page.getByText('do not match').waitFor()
      await shoot('login-error')
      await page.getByLabel('Password', { exact: true }).fill(people.grace.password)
      await page.keyboard.press('Enter')
      await page.getByText(people.grace.email).waitFor()
      await shoot('account')
      await page.close()
    })
  }
}
