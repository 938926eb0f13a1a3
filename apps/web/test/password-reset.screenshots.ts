import { fileURLToPath } from 'node:url'
import { test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { ResetPage } from './reset-page.ts'

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url))

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [
    { width: 390, height: 844 },
    { width: 1280, height: 860 },
  ]) {
    test.describe(`${colorScheme}, ${viewport.width} px`, () => {
      test('the pages of a password reset', async ({ browser, accounts, baseURL }) => {
        const options = { baseURL: baseURL ?? '', colorScheme, viewport, deviceScaleFactor: 1 }
        const person = { ...makePerson(), email: `reset-${viewport.width}-${colorScheme}@example.com` }
        await accounts.add(person)
        const context = await browser.newContext(options)
        const page = await context.newPage()
        const shoot = (name: string, shown = page) =>
          shown.screenshot({
            path: `${folder}${name}-${viewport.width}-${colorScheme}.png`,
            animations: 'disabled',
            fullPage: true,
          })
        await page.goto('/forgot-password')
        await shoot('forgot-password')
        await page.clock.install()
        const reset = new ResetPage(page)
        await reset.ask(person.email)
        await page.clock.fastForward(61_000)
        await page.getByRole('button', { name: 'Send the mail again' }).waitFor()
        await shoot('mail-sent')

        const { path } = await readMailSecrets(accounts.db, person.email)
        const elsewhere = await browser.newContext(options)
        const other = await elsewhere.newPage()
        await other.goto(path)
        await shoot('reset-link-elsewhere', other)
        await elsewhere.close()

        await page.goto(path)
        await shoot('reset-link')
        await reset.goOn.click()
        await reset.newPassword.fill('password')
        await reset.save.click()
        await page.getByText('too common').waitFor()
        await shoot('reset-password-error')
        await page.goto('/reset-password?over=used')
        await shoot('reset-link-used')
        await context.close()
      })
    })
  }
}
