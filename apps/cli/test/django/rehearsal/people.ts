import { z } from 'zod'

/** What the people of a rehearsal met. */
export interface Report {
  sent: number
  /** Requests with another answer than they had to have. */
  failed: string[]
  /** People whose session was refused. */
  loggedOut: string[]
  /** People whose password was refused. */
  lockedOut: string[]
}

/** People who use the service at the same time. */
export interface People {
  report: Report
  /** Resolves when so many more requests were answered. */
  send: (requests: number) => Promise<void>
  /** Stops everyone, and resolves when the last request was answered. */
  stop: () => Promise<void>
  /** Presents tokens that were logged out: each must be refused. Returns how many. */
  checkLoggedOut: () => Promise<number>
  /** Resolves once everyone logged in anew and has the profile that they wrote last. */
  checkAll: () => Promise<void>
}

interface Person {
  email: string
  password: string
  name: string
  access: string
  refresh: string
}

const tokens = z.object({ access: z.string(), refresh: z.string() })
const profile = z.object({ profile: z.object({ display_name: z.string() }) })

/** Most people, those who register included. */
const mostPeople = 40

/** Lets people register at a service, and use it until `stop`. */
export async function createPeople(url: string, count: number): Promise<People> {
  const report: Report = { sent: 0, failed: [], loggedOut: [], lockedOut: [] }
  const people: Person[] = []
  const lives: Promise<void>[] = []
  const dead: string[] = []
  const milestones: { sent: number; reach: () => void }[] = []
  const over = new AbortController()
  let registered = 0

  async function call(
    method: string,
    path: string,
    { access, body }: { access?: string; body?: unknown } = {},
  ) {
    const response = await fetch(`${url}/api/users/${path}/`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(access !== undefined && { Authorization: `Bearer ${access}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    report.sent += 1
    for (const { sent, reach } of milestones) if (report.sent >= sent) reach()
    if (response.status >= 300) report.failed.push(`${method} ${path}: ${response.status} ${text}`)
    return { status: response.status, text }
  }
  function keep(person: Person, text: string): void {
    const found = tokens.safeParse(JSON.parse(text))
    if (found.success) Object.assign(person, found.data)
  }

  const acts: ((person: Person) => Promise<void>)[] = [
    look,
    look,
    look,
    refresh,
    refresh,
    logIn,
    rename,
    changePassword,
    logOut,
    invite,
  ]

  async function look(person: Person): Promise<void> {
    const { status } = await call('GET', 'me', person)
    if (status === 401) report.loggedOut.push(person.email)
  }
  async function refresh(person: Person): Promise<void> {
    const { status, text } = await call('POST', 'token/refresh', { body: { refresh: person.refresh } })
    if (status === 401) report.loggedOut.push(person.email)
    if (status === 200) keep(person, text)
  }
  async function logIn(person: Person): Promise<void> {
    const { email, password } = person
    const { status, text } = await call('POST', 'login', { body: { email, password } })
    if (status === 401) report.lockedOut.push(person.email)
    if (status === 200) keep(person, text)
  }
  async function rename(person: Person): Promise<void> {
    const name = `${person.email} ${report.sent}`
    const body = { profile: { display_name: name } }
    if ((await call('PATCH', 'me', { ...person, body })).status === 200) person.name = name
  }
  /** Django leaves the tokens as they are; this service answers with new ones. */
  async function changePassword(person: Person): Promise<void> {
    const password = `seven ferries at noon ${report.sent}`
    const body = { current_password: person.password, new_password: password }
    const { status, text } = await call('POST', 'password/change', { ...person, body })
    if (status !== 200) return
    person.password = password
    keep(person, text)
  }
  async function logOut(person: Person): Promise<void> {
    const { refresh } = person
    if ((await call('POST', 'token/blacklist', { body: { refresh } })).status === 200) dead.push(refresh)
    await logIn(person)
  }
  async function invite(): Promise<void> {
    if (people.length < mostPeople) await register()
  }
  async function register(): Promise<void> {
    registered += 1
    const account = { email: `person-${registered}@example.com`, password: 'seven ferries at noon' }
    const { status, text } = await call('POST', 'register', { body: account })
    if (status !== 201) return
    const person = { ...account, name: 'Anonymous User', ...tokens.parse(JSON.parse(text)) }
    people.push(person)
    lives.push(live(person))
  }
  async function live(person: Person): Promise<void> {
    while (!over.signal.aborted) await acts[Math.floor(Math.random() * acts.length)]?.(person)
  }

  for (let at = 0; at < count; at += 1) await register()
  return {
    report,
    async send(requests) {
      const { promise, resolve } = Promise.withResolvers<void>()
      milestones.push({ sent: report.sent + requests, reach: resolve })
      await promise
    },
    async stop() {
      over.abort()
      await Promise.all(lives)
    },
    async checkLoggedOut() {
      const checked = dead.slice(0, 30)
      for (const refresh of checked) {
        const response = await fetch(`${url}/api/users/token/refresh/`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ refresh }),
        })
        if (response.status !== 401) report.failed.push(`a dead token: ${response.status}`)
      }
      return checked.length
    },
    async checkAll() {
      for (const person of people) {
        await logIn(person)
        const { text } = await call('GET', 'me', person)
        const name = profile.safeParse(JSON.parse(text)).data?.profile.display_name
        if (name !== person.name) report.failed.push(`${person.email} is called ${name}, not ${person.name}`)
      }
    },
  }
}
