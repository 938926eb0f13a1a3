import { ContactSheet, contextOf, nameLook, usualLooks } from './contact-sheet.ts'
import { EmailPage } from './email-page.ts'
import { test } from './fixtures.ts'
import { LoginPage } from './login-page.ts'
import { makePerson } from './people.ts'

for (const look of usualLooks) {
  const name = nameLook(look)
  test(`a change of email, ${name}`, async ({ browser, accounts, baseURL }) => {
    const person = { ...makePerson(), email: `ada-${name}@example.com` }
    await accounts.add(person)
    const context = await browser.newContext({ baseURL: baseURL ?? '', ...contextOf(look) })
    const page = await context.newPage()
    const sheet = new ContactSheet(look)
    await page.goto('/change-email?over=waits-for-old')
    await sheet.shoot(page, 'one more consent')
    await new LoginPage(page).logIn(person)
    await page.goto('/account/email')
    await new EmailPage(page).ask(person)
    await sheet.shoot(page, 'mail sent')
    await page.goto('/change-email?t=a-link')
    await sheet.shoot(page, 'link, in the same browser')
    await sheet.save(browser, 'change-email')
    await context.close()
  })
}
