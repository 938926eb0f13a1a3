import { ContactSheet, contextOf, nameLook, usualLooks } from './contact-sheet.ts'
import { test } from './fixtures.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { ResetPage } from './reset-page.ts'

for (const look of usualLooks) {
  const name = nameLook(look)
  test(`a password reset, ${name}`, async ({ browser, accounts, baseURL }) => {
    const person = { ...makePerson(), email: `reset-${name}@example.com` }
    await accounts.add(person)
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...contextOf(look) })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    await page.clock.install()
    const reset = new ResetPage(page)
    await reset.ask(person.email)
    await page.clock.fastForward(61_000)
    await page.getByRole('button', { name: 'Send the mail again' }).waitFor()
    await sheet.shoot(page, 'mail sent')
    await page.goto((await readMailSecrets(accounts.db, person.email)).path)
    await sheet.shoot(page, 'link, in the same browser')
    await reset.goOn.click()
    await reset.newPassword.fill('password')
    await reset.save.click()
    await page.getByText('Many people use this password').waitFor()
    await sheet.shoot(page, 'new password, refused')
    await sheet.save(browser, 'password-reset')
    await context.close()
  })
}
