import { expect } from '@playwright/test'
import { type HTMLElement, parse } from 'node-html-parser'
import type { Person } from './people.ts'
import { cookieNames } from './session-cookies.ts'

/** Chrome on Linux. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36'

/**
 * What a browser without scripts does with pages, over plain HTTP: it keeps cookies, follows links
 * and redirects, and sends forms with all their fields. It costs a hundredth of a Chromium without
 * JavaScript, which meets the same pages in `without-javascript.test.ts`.
 */
export class PlainBrowser {
  readonly #cookies = new Map<string, string>()
  readonly #keepsCookies: boolean
  #url: URL
  #method = 'GET'
  #html = ''
  #page = parse('')

  constructor(baseURL: string | undefined, { keepsCookies = true } = {}) {
    this.#url = new URL(baseURL ?? '')
    this.#keepsCookies = keepsCookies
  }

  /** The path of the page, with its query. */
  get path(): string {
    return this.#url.pathname + this.#url.search
  }

  /** How the page was asked for. */
  get method(): string {
    return this.#method
  }

  get html(): string {
    return this.#html
  }

  /** The text of the page, spaces as one. */
  get text(): string {
    return textOf(this.#page.querySelector('body'))
  }

  get heading(): string {
    return textOf(this.#page.querySelector('h1'))
  }

  async open(path: string): Promise<void> {
    await this.#load(new URL(path, this.#url), {})
  }

  /** Follows the link of this text. */
  async follow(text: string): Promise<void> {
    const link = this.#page.querySelectorAll('a').find((element) => textOf(element) === text)
    await this.open(this.#found(link, `link "${text}"`).getAttribute('href') ?? '')
  }

  /** Fills in fields by their labels, and sends their form by the button of this text. */
  async send(button: string, entered: Record<string, string> = {}): Promise<void> {
    const pressed = this.#found(
      this.#page.querySelectorAll('button').find((element) => textOf(element) === button),
      `button "${button}"`,
    )
    const form = this.#found(pressed.closest('form') ?? undefined, `form of "${button}"`)
    for (const [label, value] of Object.entries(entered)) this.field(label).setAttribute('value', value)
    const body = new FormData()
    for (const control of form.querySelectorAll('input, textarea')) {
      const name = control.getAttribute('name')
      if (name !== undefined) body.append(name, valueOf(control))
    }
    const name = pressed.getAttribute('name')
    if (name !== undefined) body.append(name, pressed.getAttribute('value') ?? '')
    expect(form.getAttribute('method')?.toUpperCase(), `method of "${button}"`).toBe('POST')
    const action = pressed.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
    await this.#load(new URL(action, this.#url), { method: 'POST', body })
  }

  /** The control of a label, or of the first that begins so. */
  field(label: string): HTMLElement {
    const id = this.#found(this.#label(label), `label "${label}"`).getAttribute('for')
    return this.#found(this.#page.querySelector(`[id="${id}"]`) ?? undefined, `control of "${label}"`)
  }

  has(label: string): boolean {
    return this.#label(label) !== undefined
  }

  #label(label: string): HTMLElement | undefined {
    const labels = this.#page.querySelectorAll('label')
    return (
      labels.find((candidate) => textOf(candidate) === label) ??
      labels.find((candidate) => textOf(candidate).startsWith(label))
    )
  }

  /** What a control is described by: its errors and hints. */
  descriptionOf(label: string): string {
    const ids = this.field(label).getAttribute('aria-describedby')?.split(' ') ?? []
    return ids.map((id) => textOf(this.#page.querySelector(`[id="${id}"]`))).join(' ')
  }

  valueOf(label: string): string {
    return valueOf(this.field(label))
  }

  /** Whether the page opens with the focus in this control. */
  startsIn(label: string): boolean {
    return this.field(label).hasAttribute('autofocus')
  }

  /** Logs in by the form, and arrives at the account. */
  async logIn({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.open('/login')
    await this.send('Log in', { Email: email, Password: password })
    expect(this.path).toBe('/account')
    expect(this.text).toContain(email)
  }

  /** The session's refresh token, or nothing. */
  get refreshToken(): string {
    return this.#cookies.get(cookieNames.refresh) ?? ''
  }

  async #load(url: URL, init: RequestInit): Promise<void> {
    for (let hops = 0, target = url, sent = init; hops < 10; hops += 1) {
      const answer = await fetch(target, {
        ...sent,
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie: Array.from(this.#cookies, ([name, value]) => `${name}=${value}`).join('; '),
          'user-agent': userAgent,
          ...(sent.method === 'POST' && { origin: this.#url.origin, 'sec-fetch-site': 'same-origin' }),
        },
      })
      if (this.#keepsCookies) this.#keep(answer.headers.getSetCookie())
      const html = await answer.text()
      const next = answer.headers.get('location')
      if (next === null) {
        this.#url = target
        this.#method = sent.method ?? 'GET'
        this.#html = html
        this.#page = parse(html, { blockTextElements: { script: false, style: false } })
        return
      }
      target = new URL(next, target)
      sent = answer.status === 307 || answer.status === 308 ? sent : {}
    }
    throw new Error(`${url.href} leads in circles.`)
  }

  #keep(setCookies: string[]): void {
    for (const line of setCookies) {
      const [pair = '', ...attributes] = line.split('; ')
      const [name = ''] = pair.split('=', 1)
      const isOver = attributes.some((attribute) => /^max-age=0$|^expires=.* 1970 /i.test(attribute))
      if (isOver) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(name.length + 1))
    }
  }

  #found(element: HTMLElement | undefined, what: string): HTMLElement {
    if (element === undefined) throw new Error(`${this.path} has no ${what}: ${this.text}`)
    return element
  }
}

function valueOf(control: HTMLElement): string {
  return control.getAttribute('value') ?? (control.tagName === 'TEXTAREA' ? control.textContent : '')
}

/** The text of an element, spaces as one. */
function textOf(element: HTMLElement | null): string {
  return (element?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}
