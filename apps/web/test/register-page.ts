import type { Locator, Page } from '@playwright/test'
import type { Person } from './people.ts'

/** The page to create an account, as a visitor meets it. */
export class RegisterPage {
  readonly page: Page
  readonly email: Locator
  readonly password: Locator
  readonly displayName: Locator
  readonly button: Locator

  constructor(page: Page) {
    this.page = page
    this.email = page.getByLabel('Email')
    this.password = page.getByLabel('Password', { exact: true })
    this.displayName = page.getByLabel('Display name')
    this.button = page.getByRole('button', { name: 'Create account' })
  }

  async enter({ email, password, display_name }: Omit<Person, 'bio'>): Promise<void> {
    await this.email.fill(email)
    await this.password.fill(password)
    await this.displayName.fill(display_name)
  }
}
