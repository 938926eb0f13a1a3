import { fileURLToPath } from 'node:url'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { test } from './verifying-stack.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test(`a verification, ${colorScheme}, ${viewport.width} px`, async ({ browser, verifying }) => {
      const person = { ...makePerson(), email: `ada-${viewport.width}-${colorScheme}@example.com` }
      const options = { baseURL: verifying.url, colorScheme, viewport, deviceScaleFactor: 1 }
      const context = await browser.newContext(options)
      const page = await context.newPage()
      const shoot = (name: string) =>
        page.screenshot({
          path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
          animations: 'disabled',
          fullPage: true,
        })
      await page.goto('/verify-email?t=a-link')
      await shoot('verify-email-elsewhere')
      const form = new RegisterPage(page)
      await page.goto('/register')
      await form.enter(person)
      await page.clock.install()
      await form.button.click()
      await page.getByText(`We sent a mail to ${person.email}.`).waitFor()
      await page.clock.fastForward(61_000)
      await page.getByRole('button', { name: 'Send the mail again' }).waitFor()
      await shoot('verify-email-sent')
      await page.goto((await readMailSecrets(verifying.db, person.email, '/verify-email')).path)
      await shoot('verify-email')
      await page.context().clearCookies()
      await page.goto((await readMailSecrets(verifying.db, person.email, '/verify-email')).path)
      await page.getByRole('button', { name: 'Show who registered' }).click()
      await page.getByRole('heading', { name: 'Did you register?' }).waitFor()
      await page.mouse.move(1, 1)
      await page.clock.fastForward(1_000)
      await page.mouse.move(9, 9)
      await page.getByRole('button', { name: 'Confirm this email' }).waitFor()
      await shoot('verify-email-registrant')
      await page.goto('/verify-email?over=rejected')
      await shoot('verify-email-rejected')
      await page.goto('/verify-email?over=invalid')
      await shoot('verify-email-over')
      await context.close()
    })
  }
}
