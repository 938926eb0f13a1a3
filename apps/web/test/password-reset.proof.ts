import { expectNoViolation } from './axe.ts'
import { expect, test } from './fixtures.ts'
import { tabTo } from './keys.ts'
import { readMailSecrets } from './mailbox.ts'
import { ResetPage } from './reset-page.ts'

test('axe finds nothing on the pages of a reset', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  await page.goto('/forgot-password')
  await expectNoViolation(page, 'forgot password')
  await page.getByRole('button', { name: 'Send the mail' }).click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expectNoViolation(page, 'forgot password, blank')
  await page.goto('/reset-password?t=no-link')
  await expectNoViolation(page, 'link, in another browser')
  await reset.ask(newcomer.email)
  await expectNoViolation(page, 'mail sent')
  await reset.goOn.click()
  await expect(reset.code).toBeFocused()
  await expectNoViolation(page, 'mail sent, blank code')
  const { path } = await readMailSecrets(accounts.db, newcomer.email)
  await page.goto(path)
  await expectNoViolation(page, 'link')
  await reset.goOn.click()
  await expect(reset.newPassword).toBeVisible()
  await expectNoViolation(page, 'new password')
  await reset.save.click()
  await expect(reset.newPassword).toBeFocused()
  await expectNoViolation(page, 'new password, blank')
  for (const over of ['used', 'invalid', '']) {
    await page.goto(`/reset-password?over=${over}`)
    await expectNoViolation(page, `link over: ${over}`)
  }
})

test('the keyboard alone resets a password', async ({ page, loginPage, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  const { keyboard } = page
  await loginPage.open()
  await tabTo(page, 'Forgot password?')
  await keyboard.press('Enter')
  await expect(page).toHaveURL('/forgot-password')
  await tabTo(page, 'Email')
  await keyboard.type(newcomer.email)
  await keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText(`We sent a mail to ${newcomer.email}.`)
  const { path, code } = await readMailSecrets(accounts.db, newcomer.email)
  await tabTo(page, 'Code from the mail')
  await keyboard.type(code)
  await keyboard.press('Enter')
  await expect(reset.newPassword).toBeVisible()
  await page.goto(path)
  await tabTo(page, 'Continue')
  await keyboard.press('Enter')
  await expect(page.locator(':focus')).toContainText('That worked.')
  await tabTo(page, 'New password')
  await keyboard.type('seven ferries at noon')
  await keyboard.press('Enter')
  await expect(page.getByText('Your password has changed.', { exact: true })).toBeVisible()
})

test('on a phone the pages fit, with controls 44 px high', async ({ page, accounts, newcomer }) => {
  const reset = new ResetPage(page)
  const expectToFit = async () => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    const controls = page.locator('button, input:not([type=hidden], [hidden]), a')
    for (const control of await controls.filter({ visible: true }).all()) {
      expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
  }
  await page.setViewportSize({ width: 320, height: 600 })
  await page.goto('/forgot-password')
  await expectToFit()
  await reset.ask(newcomer.email)
  await expectToFit()
  await page.goto('/reset-password?over=used')
  await expectToFit()
  await page.goto((await readMailSecrets(accounts.db, newcomer.email)).path)
  await expectToFit()
  await reset.goOn.click()
  await expect(reset.newPassword).toBeVisible()
  await expectToFit()
})

test('the script shows the resend after a minute', async ({ page, newcomer }) => {
  await page.clock.install()
  await new ResetPage(page).ask(newcomer.email)
  const resend = page.getByRole('button', { name: 'Send the mail again' })
  await expect(page.getByText(/^You can send it again in \d+ s\.$/)).toBeVisible()
  await expect(resend).toBeHidden()
  await page.clock.fastForward(61_000)
  await expect(resend).toBeVisible()
  await resend.click()
  await expect(page.getByText('That was too soon.')).toBeVisible()
})

test('a translated page goes on working', async ({ page, accounts, newcomer }) => {
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  const reset = new ResetPage(page)
  await page.goto('/forgot-password')
  await translate(reset)
  await page.getByLabel('Email').fill('no email')
  await page.locator('main form button').click()
  await expect(page.getByLabel('Email')).toHaveAttribute('aria-invalid', 'true')
  await translate(reset)
  await page.getByLabel('Email').fill(newcomer.email)
  await page.locator('main form button').click()
  await expect(page.getByText(`We sent a mail to ${newcomer.email}.`)).toBeVisible()
  await page.goto((await readMailSecrets(accounts.db, newcomer.email)).path)
  await translate(reset)
  await page.locator('main form button').click()
  await expect(reset.newPassword).toBeVisible()
  await translate(reset)
  await page.getByRole('button', { name: 'Show new password' }).click()
  await expect(reset.newPassword).toHaveAttribute('type', 'text')
  await reset.newPassword.fill('password')
  await page.locator('main form button[type=submit]').click()
  await expect(page.getByText('Many people use this password')).toBeVisible()
  expect(complaints).toEqual([])
})

/** Returns whether React has taken the page over: until then it expects the text of the server. */
function isHydrated(): boolean {
  const form = document.querySelector('form')
  return form !== null && Object.keys(form).some((name) => name.startsWith('__reactFiber$'))
}

/** Replaces each text node by an element, as a browser's translator does. */
async function translate({ page }: ResetPage): Promise<void> {
  await page.waitForFunction(isHydrated)
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode)
    for (const text of texts.filter(
      ({ parentElement }) => parentElement?.closest('script, style') === null,
    )) {
      const element = document.createElement('span')
      element.textContent = text.data
      text.replaceWith(element)
    }
  })
}
