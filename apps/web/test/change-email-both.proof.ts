import { expect } from '@playwright/test'
import { EmailPage } from './email-page.ts'
import { LoginPage } from './login-page.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { test } from './verifying-stack.ts'

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with scripts' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled })

    test('another email needs both mailboxes, and the old one the code', async ({
      page,
      browser,
      verifying,
    }) => {
      const person = makePerson()
      await verifying.add(person)
      const email = new EmailPage(page)
      await new LoginPage(page).logInByForm(person)
      await page.goto('/account/email')
      await email.ask(person)
      const link = await readMailSecrets(verifying.db, `new-${person.email}`, '/change-email')
      await page.goto(link.path)
      await email.confirm.click()
      const heading = page.getByRole('heading', { level: 1 })
      await expect(heading).toHaveText('One more consent')
      await page.goto('/account')
      await expect(page.getByText(person.email, { exact: true })).toBeVisible()

      const elsewhere = await browser.newContext({ baseURL: verifying.url, javaScriptEnabled })
      const owner = await elsewhere.newPage()
      const asked = await readMailSecrets(verifying.db, person.email, '/change-email')
      await owner.goto(`${asked.path}&of=old`)
      const agree = owner.getByRole('button', { name: 'Agree to another email' })
      await agree.click()
      const code = owner.getByLabel('Code from the mail')
      await expect(code).toHaveAccessibleDescription(/in another browser/)
      await code.fill(asked.code)
      await agree.click()
      await expect(owner.getByRole('heading', { level: 1 })).toHaveText('Your email has changed')
      await elsewhere.close()
      await page.goto('/account')
      await expect(page.getByText(`new-${person.email}`)).toBeVisible()
    })
  })
}
