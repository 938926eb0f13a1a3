import { expect } from '@playwright/test'
import { test as flyersTest } from './flyers-stack.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { translate } from './translator.ts'
import { test as verifyingTest } from './verifying-stack.ts'

flyersTest('translated, a flyer is posted after a mistake', async ({ page, loginPage, newcomer }) => {
  await loginPage.logIn(newcomer)
  await page.goto('/flyers?post')
  await translate(page)
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Title').fill('Ferries')
  await page.getByRole('button', { name: 'Post flyer' }).click()
  await expect(page.getByText('Your flyer is posted.')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Ferries' })).toBeVisible()
})

verifyingTest(
  'translated, an email is verified by code, by link and elsewhere',
  async ({ page, verifying }) => {
    const person = makePerson()
    const register = new RegisterPage(page)
    await page.goto('/register')
    await translate(page)
    await register.enter(person)
    await register.button.click()
    await expect(page.getByText(`We sent a mail to ${person.email}.`)).toBeVisible()
    const field = page.getByLabel('Code from the mail')
    await field.fill('12')
    await page.getByRole('button', { name: 'Confirm this email' }).click()
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    const { path, code } = await readMailSecrets(verifying.db, person.email, '/verify-email')

    await page.context().clearCookies()
    await page.goto(path)
    await translate(page)
    await page.getByRole('button', { name: 'Show who registered' }).click()
    await expect(page.getByRole('heading', { name: 'Did you register?' })).toBeVisible()
    await page.getByRole('button', { name: 'It was not me: delete it' }).click()
    await expect(page.getByText('This code does not fit.')).toBeVisible()
    await field.fill(code)
    await page.getByRole('button', { name: 'Confirm with the code' }).click()
    await expect(page.getByText('Your email is confirmed.').first()).toBeVisible()
  },
)
