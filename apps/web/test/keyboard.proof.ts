import { expect, test } from './fixtures.ts'
import { tabTo as pressTabTo } from './keys.ts'
import { makePerson } from './people.ts'

test('the keyboard alone creates, edits, secures and leaves an account', async ({ page }) => {
  const person = makePerson()
  const { keyboard } = page
  const tabTo = (name: string | RegExp) => pressTabTo(page, name)

  await page.goto('/login')
  await tabTo('Create an account')
  await keyboard.press('Enter')
  await expect(page).toHaveURL('/register')
  await tabTo('Email')
  await keyboard.type(person.email)
  await tabTo('Password')
  await keyboard.type(person.password)
  await tabTo(/^Display name/)
  await keyboard.type('Key Board')
  await keyboard.press('Enter')
  await expect(page.getByText('Your account is ready.')).toBeVisible()

  await tabTo('Edit profile')
  await keyboard.press('Enter')
  await expect(page).toHaveURL('/account?edit')
  await tabTo('About you')
  await keyboard.type('No mouse.')
  await tabTo('Save profile')
  await keyboard.press('Enter')
  await expect(page.getByText('Your profile is saved.')).toBeVisible()
  await expect(page.getByText('No mouse.')).toBeVisible()

  await page.goto('/account')
  await tabTo('Password')
  await keyboard.press('Enter')
  await expect(page).toHaveURL('/account/password')
  await tabTo('Current password')
  await keyboard.type(person.password)
  await tabTo('New password')
  await keyboard.type('another flyer on the wall')
  await keyboard.press('Enter')
  await expect(page.getByText('Your password is changed.')).toBeVisible()

  await page.goto('/account/sessions')
  await tabTo('Log out')
  await keyboard.press('Enter')
  await expect(page.getByText('You are logged out.')).toBeVisible()
})
