import { expect, type Locator, type Page } from '@playwright/test'
import type { Person } from './people.ts'

/** The login page as a visitor meets it. */
export class LoginPage {
  readonly page: Page
  readonly email: Locator
  readonly password: Locator
  readonly button: Locator

  constructor(page: Page) {
    this.page = page
    this.email = page.getByLabel('Email')
    this.password = page.getByLabel('Password', { exact: true })
    this.button = page.getByRole('button', { name: 'Log in' })
  }

  async open(): Promise<void> {
    await this.page.goto('/login')
  }

  async enter({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.email.fill(email)
    await this.password.fill(password)
  }

  /** Opens the page, logs in and arrives at the account. */
  async logIn(person: Person): Promise<void> {
    await this.open()
    await this.enter(person)
    await this.button.click()
    await expect(this.page).toHaveURL('/account')
    await expect(this.page.getByText(person.email)).toBeVisible()
  }
}
