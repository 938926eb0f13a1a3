import { expect, type Locator, type Page } from '@playwright/test'

/** The pages of a password reset as a visitor meets them. */
export class ResetPage {
  readonly page: Page
  readonly code: Locator
  readonly goOn: Locator
  readonly newPassword: Locator
  readonly save: Locator

  constructor(page: Page) {
    this.page = page
    this.code = page.getByLabel('Code from the mail')
    this.goOn = page.getByRole('button', { name: 'Continue' })
    this.newPassword = page.getByLabel('New password', { exact: true })
    this.save = page.getByRole('button', { name: 'Change password' })
  }

  /** Asks for the mail, and arrives at the page that waits for it. */
  async ask(email: string): Promise<void> {
    await this.page.goto('/forgot-password')
    await this.page.getByLabel('Email').fill(email)
    await this.page.getByRole('button', { name: 'Send the mail' }).click()
    await expect(this.page.getByText(`We sent a mail to ${email}.`)).toBeVisible()
  }

  /** Chooses another password, and arrives at the login. */
  async choose(password: string): Promise<void> {
    await this.newPassword.fill(password)
    await this.save.click()
    await expect(this.page.getByText('Your password has changed.', { exact: true })).toBeVisible()
  }
}
