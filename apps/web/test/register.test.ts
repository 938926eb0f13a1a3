import { expect, test } from './fixtures.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'

test('who creates an account is logged in, and can log in again', async ({ page, loginPage }) => {
  const person = { ...makePerson(), display_name: '  Zoë 🎪 مرحبا  ' }
  const registerPage = new RegisterPage(page)
  await loginPage.open()
  await page.getByRole('link', { name: 'Create an account' }).click()
  await registerPage.enter({ ...person, email: `  ${person.email} ` })
  await registerPage.button.click()
  await expect(page.getByText('Welcome! Your account is ready.')).toBeVisible()
  await expect(page.getByText('Zoë 🎪 مرحبا', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  await loginPage.logInByForm(person)
})

test('an error stands beside its focused field; all else stays', async ({ page }) => {
  const person = makePerson()
  const registerPage = new RegisterPage(page)
  const { email, password, displayName, button } = registerPage
  await page.goto('/register')
  await expect(password).toHaveAccessibleDescription(/At least 8 characters/)
  await button.click()
  await expect(email).toHaveAccessibleDescription('Enter your email address.')
  await expect(email).toBeFocused()

  const attempts = [
    { entered: { ...person, email: 'nobody' }, wrong: email, text: /not a complete email address/ },
    {
      entered: { ...person, email: `${'x'.repeat(250)}@example.com` },
      wrong: email,
      text: /At most 254/,
    },
    { entered: { ...person, password: 'short' }, wrong: password, text: /too short/ },
    { entered: { ...person, password: 'password1' }, wrong: password, text: /Many people use this password/ },
    { entered: { ...person, display_name: 'x'.repeat(101) }, wrong: displayName, text: /At most 100/ },
  ]
  for (const { entered, wrong, text } of attempts) {
    await registerPage.enter(entered)
    await button.click()
    await expect(wrong).toHaveAccessibleDescription(text)
    await expect(wrong).toBeFocused()
    await expect(email).toHaveValue(entered.email)
    await expect(displayName).toHaveValue(entered.display_name)
    await expect(password).toHaveValue('')
  }
})

test('a taken email is refused at its field or logs in', async ({ page, newcomer }) => {
  const registerPage = new RegisterPage(page)
  await page.goto('/register')
  await registerPage.enter({ ...newcomer, password: 'a guess of a stranger', display_name: 'Stranger' })
  await registerPage.button.click()
  await expect(registerPage.email).toBeFocused()
  await expect(registerPage.email).toHaveAttribute('aria-invalid', 'true')
  await registerPage.enter({ ...newcomer, display_name: 'Somebody Else' })
  await registerPage.button.click()
  await expect(page.getByText('Welcome! Your account is ready.')).toBeVisible()
  await expect(page.getByText(newcomer.display_name)).toBeVisible()
})
