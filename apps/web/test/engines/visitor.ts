import { expect } from '@playwright/test'
import type { Person } from '../people.ts'
import type { Tab } from './tab.ts'

/** Who reads the English pages in a tab, and acts by what they say. */
export class Visitor {
  readonly tab: Tab

  constructor(tab: Tab) {
    this.tab = tab
  }

  async open(path: string): Promise<void> {
    await this.tab.open(path)
  }

  async press(button: string): Promise<void> {
    await this.tab.click(`//button[normalize-space()="${button}"]`)
  }

  /** Follows a link, and arrives elsewhere. */
  async follow(link: string): Promise<void> {
    const before = await this.tab.url()
    await this.tab.click(`//a[normalize-space()="${link}"]`)
    await expect.poll(() => this.tab.url()).not.toBe(before)
  }

  /** Fills in fields by their labels. */
  async enter(entered: Record<string, string>): Promise<void> {
    for (const [label, text] of Object.entries(entered)) await this.tab.fill(fieldOf(label), text)
  }

  /** Waits until the page says this. */
  async sees(...texts: string[]): Promise<void> {
    for (const text of texts) await expect.poll(() => this.read()).toContain(text)
  }

  /** Waits until the page is at this path, with its query. */
  async isAt(path: string): Promise<void> {
    await expect
      .poll(async () => {
        const { pathname, search } = new URL(await this.tab.url())
        return pathname + search
      })
      .toBe(path)
  }

  /** What the page says, spaces as one. */
  async read(): Promise<string> {
    const text = await this.tab.evaluate(() => document.body?.innerText ?? '')
    return text.replaceAll(/\s+/g, ' ')
  }

  /** What stands in a field. */
  async valueOf(name: string): Promise<string> {
    const values = await this.tab.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLInputElement>('input, textarea'), (field) => [
        field.name,
        field.value,
      ]),
    )
    return new Map(values.map(([name = '', value = '']) => [name, value])).get(name) ?? ''
  }

  /** Logs in by the form, and arrives at the account. */
  async logIn({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.open('/login')
    await this.enter({ Email: email, Password: password })
    await this.press('Log in')
    await this.isAt('/account')
    await this.sees(email)
  }

  async openTab(): Promise<Visitor> {
    return new Visitor(await this.tab.openTab())
  }
}

function fieldOf(label: string): string {
  return `//*[@id=//label[normalize-space()="${label}"]/@for]`
}
