import { expectNoViolation } from './axe.ts'
import { EmailPage } from './email-page.ts'
import { expect, test } from './fixtures.ts'
import { tabTo } from './keys.ts'
import { readMailSecrets } from './mailbox.ts'

test('axe finds nothing on the pages of a change of email', async ({ page, loginPage, newcomer }) => {
  const email = new EmailPage(page)
  await page.goto('/change-email?t=no-link')
  await expectNoViolation(page, 'link, in another browser')
  await page.goto('/change-email?t=no-link&of=old')
  await expectNoViolation(page, 'link to the old mailbox')
  await loginPage.logIn(newcomer)
  await page.goto('/account/email')
  await expectNoViolation(page, 'change email')
  await email.send.click()
  await expect(email.newEmail).toBeFocused()
  await expectNoViolation(page, 'change email, blank')
  await email.ask(newcomer)
  await expectNoViolation(page, 'mail sent')
  await email.goOn.click()
  await expect(email.code).toBeFocused()
  await expectNoViolation(page, 'mail sent, blank code')
  await page.goto('/change-email?t=no-link')
  await expectNoViolation(page, 'link')
  for (const over of ['changed', 'waits-for-old', 'used', 'taken', 'invalid', '']) {
    await page.goto(`/change-email?over=${over}`)
    await expectNoViolation(page, `change of email over: ${over}`)
  }
  await page.goto('/undo?t=no-link')
  await expectNoViolation(page, 'undo')
  await page.getByRole('button', { name: 'Undo the change' }).click()
  await expect(email.code).toBeFocused()
  await expectNoViolation(page, 'undo, blank code')
  for (const over of ['undone', 'used', '']) {
    await page.goto(`/undo?over=${over}`)
    await expectNoViolation(page, `undo over: ${over}`)
  }
})

test('the keyboard alone changes an email, and undoes it', async ({
  page,
  loginPage,
  accounts,
  newcomer,
}) => {
  const { keyboard } = page
  await loginPage.logIn(newcomer)
  await tabTo(page, 'Change your email')
  await keyboard.press('Enter')
  await expect(page).toHaveURL('/account/email')
  await tabTo(page, 'New email')
  await keyboard.type(`new-${newcomer.email}`)
  await tabTo(page, 'Current password')
  await keyboard.type(newcomer.password)
  await keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText(`We sent a mail to new-${newcomer.email}.`)
  const { code } = await readMailSecrets(accounts.db, `new-${newcomer.email}`)
  await tabTo(page, 'Code from the mail')
  await keyboard.type(code)
  await keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('Your account has the new email from now on.')
  const notice = await readMailSecrets(accounts.db, newcomer.email, '/undo')
  await page.goto(notice.path)
  await tabTo(page, 'Code from the mail')
  await keyboard.type(notice.code)
  await keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('Every device is logged out.')
})
