import { expect, type Locator, type Page } from '@playwright/test'
import type { Person } from './people.ts'

/** The pages of a change of email as its user meets them. */
export class EmailPage {
  readonly page: Page
  readonly newEmail: Locator
  readonly password: Locator
  readonly send: Locator
  readonly code: Locator
  readonly goOn: Locator
  readonly confirm: Locator

  constructor(page: Page) {
    this.page = page
    this.newEmail = page.getByLabel('New email')
    this.password = page.getByLabel('Current password', { exact: true })
    this.send = page.getByRole('button', { name: 'Send the mail' })
    this.code = page.getByLabel('Code from the mail')
    this.goOn = page.getByRole('button', { name: 'Continue' })
    this.confirm = page.getByRole('button', { name: 'Use this email' })
  }

  /** Asks for the email `new-…`, and arrives at the page that waits for the mail. */
  async ask({ email, password }: Person): Promise<void> {
    await this.newEmail.fill(`new-${email}`)
    await this.password.fill(password)
    await this.send.click()
    await expect(this.page.getByText(`We sent a mail to new-${email}.`)).toBeVisible()
  }
}
