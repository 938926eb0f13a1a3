import { expect, test } from './fixtures.ts'
import { makePerson } from './people.ts'

test('the keyboard alone creates, edits, secures and leaves an account', async ({ page }) => {
  const person = makePerson()
  const { keyboard } = page
  const focused = page.locator(':focus')
  /** Presses Tab until the control has the focus; each step must be seen. */
  const tabTo = async (name: string | RegExp) => {
    for (let step = 0; step < 20; step += 1) {
      await keyboard.press('Tab')
      const [control] = await focused.all()
      if (control !== undefined) {
        const { outlineStyle } = await control.evaluate((element) => ({
          outlineStyle: getComputedStyle(element).outlineStyle,
        }))
        expect(outlineStyle).toBe('solid')
      }
      const label = await focused.evaluate(
        (element) =>
          element.getAttribute('aria-label') ??
          (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
            ? element.labels?.[0]?.textContent
            : element.textContent) ??
          '',
      )
      if (typeof name === 'string' ? label === name : name.test(label)) return
    }
    throw new Error(`Nobody reaches ${String(name)} with Tab.`)
  }

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
