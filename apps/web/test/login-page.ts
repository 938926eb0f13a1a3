import { expect, type Locator, type Page } from '@playwright/test'
import { z } from 'zod'
import type { Person } from './people.ts'
import { plantTokens } from './session-cookies.ts'

const loginResult = z.object({ access: z.string(), refresh: z.string() })

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
  async logInByForm(person: Person): Promise<void> {
    await this.open()
    await this.enter(person)
    await this.button.click()
    await this.#arrive(person)
  }

  /**
   * Arrives at the account with a session of this browser that the service started: half the work
   * of the form, for tests whose subject comes after the login.
   */
  async logIn(person: Person): Promise<void> {
    const answer = await this.page.request.post('/api/users/login/', {
      data: { email: person.email, password: person.password },
      headers: { 'User-Agent': await this.page.evaluate(() => navigator.userAgent) },
    })
    expect(answer.status()).toBe(200)
    await plantTokens(this.page.context(), answer.url(), loginResult.parse(await answer.json()))
    await this.page.goto('/account')
    await this.#arrive(person)
  }

  async #arrive(person: Person): Promise<void> {
    await expect(this.page).toHaveURL('/account')
    await expect(this.page.getByText(person.email)).toBeVisible()
  }
}
