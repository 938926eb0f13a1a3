import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { EmailPage } from './email-page.ts'
import { LoginPage } from './login-page.ts'
import { readMailSecrets } from './mailbox.ts'
import { logInElsewhere } from './other-device.ts'
import { makePerson, type Person } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { ResetPage } from './reset-page.ts'
import { translate } from './translator.ts'

/** What pages do once a browser has translated them: `translator.ts`. */

const firefox = 'Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0'
const newPassword = 'another flyer on the wall'

async function openTranslated(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await translate(page)
}

async function press(page: Page, button: string): Promise<void> {
  await page.getByRole('button', { name: button }).click()
}

/** Logs in on a translated page, after a wrong password. */
async function logIn(page: Page, person: Pick<Person, 'email' | 'password'>): Promise<void> {
  const login = new LoginPage(page)
  await login.button.click()
  await expect(login.email).toBeFocused()
  await login.enter({ ...person, password: 'not it' })
  await login.button.click()
  await expect(page.getByText('do not match')).toBeVisible()
  await login.password.fill(person.password)
  await press(page, 'Show password')
  await press(page, 'Show password')
  await login.button.click()
  await expect(page).toHaveURL('/account')
}

test('translated, a visitor registers, edits, changes the password, leaves', async ({ page }) => {
  const person = makePerson()
  const register = new RegisterPage(page)
  await openTranslated(page, '/register')
  await register.button.click()
  await expect(register.email).toHaveAttribute('aria-invalid', 'true')
  await register.enter({ ...person, password: 'short' })
  await register.button.click()
  await expect(page.getByText('This password is too short.')).toBeVisible()
  await register.password.fill(person.password)
  await register.button.click()
  await expect(page.getByText('Your account is ready.')).toBeVisible()

  await openTranslated(page, '/account?edit')
  await page.getByLabel('Display name').fill(' ')
  await press(page, 'Save profile')
  await expect(page.getByLabel('Display name')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Display name').fill('Lin')
  await page.getByLabel('About you').fill('I draw.')
  await press(page, 'Save profile')
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('I draw.')).toBeVisible()

  const current = page.getByLabel('Current password', { exact: true })
  await openTranslated(page, '/account/password')
  await current.fill('not it')
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await press(page, 'Change password')
  await expect(current).toHaveAttribute('aria-invalid', 'true')
  await current.fill(person.password)
  await page.getByLabel('New password', { exact: true }).fill(newPassword)
  await press(page, 'Change password')
  await expect(page.getByText('Your password is changed.')).toBeVisible()

  await press(page, 'Log out')
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await translate(page)
  await logIn(page, { ...person, password: newPassword })
})

test('translated, a user changes the email and takes it back', async ({
  page,
  loginPage,
  newcomer,
  accounts,
}) => {
  const email = new EmailPage(page)
  await loginPage.logIn(newcomer)
  await openTranslated(page, '/account/email')
  await email.newEmail.fill('no email')
  await email.password.fill('not it')
  await email.send.click()
  // The field is marked when it is left. The answer puts back what was sent.
  await expect(page.getByText('This is not a complete email address.')).toBeVisible()
  await email.ask(newcomer)
  await email.code.fill('000000')
  await email.goOn.click()
  await expect(email.code).toHaveAttribute('aria-invalid', 'true')
  await press(page, 'Keep the email that I have')
  await expect(page.getByText('Your email stays as it is.')).toBeVisible()

  await openTranslated(page, '/account/email')
  await email.ask(newcomer)
  const { path, code } = await readMailSecrets(accounts.db, `new-${newcomer.email}`, '/change-email')
  await email.code.fill(code)
  await email.goOn.click()
  await expect(page.getByRole('heading', { name: 'Your email has changed' })).toBeVisible()
  await openTranslated(page, path)
  await email.confirm.click()
  await expect(page.getByRole('heading', { name: 'This link was used' })).toBeVisible()

  const notice = await readMailSecrets(accounts.db, newcomer.email, '/undo')
  await openTranslated(page, notice.path)
  await press(page, 'Undo the change')
  await expect(email.code).toHaveAttribute('aria-invalid', 'true')
  await email.code.fill(notice.code)
  await press(page, 'Undo the change')
  await expect(page.getByRole('heading', { name: 'The change is undone' })).toBeVisible()
})

test('translated, a user ends sessions and turns mails off and on', async ({ page, loginPage, newcomer }) => {
  await logInElsewhere(newcomer, firefox)
  await logInElsewhere(newcomer, firefox)
  await loginPage.logIn(newcomer)
  await openTranslated(page, '/account/sessions')
  await press(page, 'Turn these mails off')
  await expect(page.getByText('We mail you of new devices no more.')).toBeVisible()
  await press(page, 'Turn these mails on')
  await expect(page.getByText('We mail you when a new device logs in.')).toBeVisible()
  await page.getByRole('button', { name: 'Log out (Firefox on Android)' }).first().click()
  await expect(page.getByText('That device is logged out.')).toBeVisible()
  await press(page, 'Log out everywhere else')
  await expect(page.getByText('You are logged out everywhere else.')).toBeVisible()
  await expect(page.getByText('You are logged in nowhere else.')).toBeVisible()
})

test('translated, a visitor resets the password by code and by link', async ({
  page,
  newcomer,
  accounts,
}) => {
  const reset = new ResetPage(page)
  await openTranslated(page, '/forgot-password')
  await press(page, 'Send the mail')
  await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('Email').fill(newcomer.email)
  await press(page, 'Send the mail')
  await expect(page.getByText(`We sent a mail to ${newcomer.email}.`)).toBeVisible()
  const left = page.getByText('You can send it again in')
  const first = await left.textContent()
  await expect(left).not.toHaveText(first ?? '')
  const { code, path } = await readMailSecrets(accounts.db, newcomer.email)
  await reset.code.fill('12')
  await reset.goOn.click()
  await expect(reset.code).toHaveAttribute('aria-invalid', 'true')
  await reset.code.fill(code)
  await reset.goOn.click()
  await reset.newPassword.fill('short')
  await reset.save.click()
  await expect(reset.newPassword).toHaveAttribute('aria-invalid', 'true')

  await page.context().clearCookies()
  await openTranslated(page, path)
  await reset.goOn.click()
  await expect(reset.code).toHaveAttribute('aria-invalid', 'true')
  await reset.code.fill(code)
  await reset.goOn.click()
  await reset.choose(newPassword)
  await logIn(page, { ...newcomer, password: newPassword })
})

test('translated, a form that is offline says so and is sent later', async ({ page, context, newcomer }) => {
  await openTranslated(page, '/login')
  await new LoginPage(page).enter(newcomer)
  await context.setOffline(true)
  await press(page, 'Log in')
  await expect(page.getByText('You seem to be offline.')).toBeVisible()
  await context.setOffline(false)
  await press(page, 'Log in')
  await expect(page).toHaveURL('/account')
})
