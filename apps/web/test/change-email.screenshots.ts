import { fileURLToPath } from 'node:url'
import { EmailPage } from './email-page.ts'
import { test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { makePerson } from './people.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test(`a change of email, ${colorScheme}, ${viewport.width} px`, async ({
      browser,
      accounts,
      baseURL,
    }) => {
      const person = { ...makePerson(), email: `ada-${viewport.width}-${colorScheme}@example.com` }
      await accounts.add(person)
      const options = { baseURL: baseURL ?? '', colorScheme, viewport, deviceScaleFactor: 1 }
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const shoot = (name: string) =>
        page.screenshot({
          path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
          animations: 'disabled',
          fullPage: true,
        })
      await page.goto('/change-email?t=a-link')
      await shoot('change-email-link-elsewhere')
      await page.goto('/change-email?t=a-link&of=old')
      await shoot('change-email-consent')
      await page.goto('/change-email?over=waits-for-old')
      await shoot('change-email-waits')
      await new LoginPage(page).logIn(person)
      await page.goto('/account/email')
      await shoot('change-email')
      await new EmailPage(page).ask(person)
      await shoot('change-email-sent')
      await page.goto('/change-email?t=a-link')
      await shoot('change-email-link')
      await page.goto('/change-email?over=changed')
      await shoot('email-changed')
      await page.goto('/undo?t=a-link')
      await shoot('undo')
      await page.goto('/undo?over=undone')
      await shoot('undone')
      await context.close()
    })
  }
}
