import { expect } from '@playwright/test'
import { expectNoViolation } from './axe.ts'
import { readMailSecrets } from './mailbox.ts'
import { makePerson } from './people.ts'
import { RegisterPage } from './register-page.ts'
import { test } from './verifying-stack.ts'

test('axe finds nothing on the pages of a verification, and all fits', async ({ page, verifying }) => {
  const check = async (what: string) => {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 720 })
      const isWide = await page.evaluate(() => document.body.scrollWidth > window.innerWidth)
      expect([what, width, isWide]).toEqual([what, width, false])
      await expectNoViolation(page, what)
    }
  }
  await page.goto('/verify-email')
  await check('by hand')
  const person = makePerson()
  const form = new RegisterPage(page)
  await page.goto('/register')
  await form.enter(person)
  await form.button.click()
  await expect(page.getByText(`We sent a mail to ${person.email}.`)).toBeVisible()
  await check('mail sent')
  await page.getByRole('button', { name: 'Confirm this email' }).click()
  await expect(page.getByLabel('Code from the mail')).toBeFocused()
  await check('mail sent, blank code')
  const { path } = await readMailSecrets(verifying.db, person.email, '/verify-email')
  await page.goto(path)
  await check('link')
  await page.context().clearCookies()
  await page.goto(path)
  await check('link elsewhere')
  await page.getByRole('button', { name: 'Show who registered' }).click()
  await expect(page.getByRole('heading', { name: 'Did you register?' })).toBeFocused()
  await check('who registered')
  await page.getByRole('button', { name: 'It was not me: delete it' }).click()
  await expect(page.getByLabel('Code from the mail')).toBeFocused()
  await check('who registered, blank code')
  await page.goto('/verify-email?over=rejected')
  await check('rejected')
  await page.goto('/verify-email?over=invalid')
  await check('link over')
})
