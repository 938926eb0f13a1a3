import { ContactSheet, contextOf, nameLook, usualLooks } from './contact-sheet.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { test } from './verifying-stack.ts'

for (const look of usualLooks) {
  const name = nameLook(look)
  test(`a verification, ${name}`, async ({ browser, verifying }) => {
    const person = { ...makePerson(), email: `ada-${name}@example.com` }
    const context = await browser.newContext({ baseURL: verifying.url, ...contextOf(look) })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    const form = new RegisterPage(page)
    await page.goto('/register')
    await form.enter(person)
    await page.clock.install()
    await form.button.click()
    await page.getByText(`We sent a mail to ${person.email}.`).waitFor()
    await page.clock.fastForward(61_000)
    await page.getByRole('button', { name: 'Send the mail again' }).waitFor()
    await sheet.shoot(page, 'mail sent')
    const { path } = await readMailSecrets(verifying.db, person.email, '/verify-email')
    await page.goto(path)
    await sheet.shoot(page, 'link, in the same browser')
    await page.context().clearCookies()
    await page.goto(path)
    await page.getByRole('button', { name: 'Show who registered' }).click()
    await page.getByRole('heading', { name: 'Did you register?' }).waitFor()
    await page.mouse.move(1, 1)
    await page.clock.fastForward(1_000)
    await page.mouse.move(9, 9)
    await page.getByRole('button', { name: 'Confirm this email' }).waitFor()
    await sheet.shoot(page, 'who registered')
    await page.goto('/verify-email?over=rejected')
    await sheet.shoot(page, 'deleted')
    await sheet.save(browser, 'verify-email')
    await context.close()
  })
}
