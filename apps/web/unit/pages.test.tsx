import type { SessionEntry } from '@pockitflyer/auth-protocol/schemas'
import { expect, test } from 'vitest'
import AccountLayout from '../src/app/account/layout.tsx'
import AccountPage from '../src/app/account/page.tsx'
import PasswordPage from '../src/app/account/password/page.tsx'
import SessionsPage from '../src/app/account/sessions/page.tsx'
import LoginPage from '../src/app/login/page.tsx'
import HomePage from '../src/app/page.tsx'
import RegisterPage from '../src/app/register/page.tsx'
import { turnNewDeviceMails } from '../src/app/account/sessions/turn-new-device-mails.ts'
import { holding, inProduction, lasting, listCalls, readInput, toForm, user } from './production.ts'
import { act, render } from './request-scope.ts'

const service = inProduction()
const loggedIn = holding({ access: lasting, refresh: 'r' })
const stranger = holding({})

type Query = Record<string, string | string[] | undefined>

const propsOf = (query: Query) => ({ params: Promise.resolve({}), searchParams: Promise.resolve(query) })

const pages = {
  account: (query: Query) => () => AccountPage(propsOf(query)),
  sessions: (query: Query) => () => SessionsPage(propsOf(query)),
  password: () => () => PasswordPage(),
  login: (query: Query) => () => LoginPage(propsOf(query)),
  register: (query: Query) => () => RegisterPage(propsOf(query)),
}

const policy = { registration: true, password: { min_length: 8, max_bytes: 1024 } }

/** The text of a page, without its markup; spaces as one. */
function textOf(html = ''): string {
  return html
    .replaceAll(/<script>.*?<\/script>/gs, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

function sessionOf(more: Partial<SessionEntry>): SessionEntry {
  return {
    id: '0a0a0a0a-0000-4000-8000-000000000000',
    device: { browser: 'Firefox', os: 'Linux', type: 'desktop' },
    ip: '203.0.113.9',
    created_at: '2026-01-02T15:04:00Z',
    last_used_at: '2026-01-03T15:04:00Z',
    reused_at: null,
    is_current: false,
    ...more,
  }
}

test('the start page sends any session to the account, others to login', async () => {
  for (const tokens of [{ access: 'a' }, { refresh: 'r' }])
    expect((await render(holding(tokens), HomePage)).sentTo).toBe('/account')
  expect((await render(stranger, HomePage)).sentTo).toBe('/login')
})

const privatePages = {
  account: { page: pages.account({}), next: '' },
  sessions: { page: pages.sessions({}), next: '%2Faccount%2Fsessions' },
  password: { page: pages.password(), next: '%2Faccount%2Fpassword' },
}

for (const [name, { page, next }] of Object.entries(privatePages)) {
  test(`${name}: without a session the login comes first, and remembers the page`, async () => {
    const { sentTo } = await render(stranger, page)
    expect(sentTo).toBe(next === '' ? '/login' : `/login?next=${next}`)
    expect(listCalls(service())).toEqual([])
  })

  test(`${name}: a token that is rejected goes to be refreshed, and comes back`, async () => {
    for (const procedure of ['auth.me', 'auth.listSessions', 'auth.policy'])
      service().answers[procedure] = { status: 401 }
    const { sentTo } = await render(loggedIn, page)
    expect(sentTo).toBe(next === '' ? '/session/renew' : `/session/renew?next=${next}`)
  })

  test(`${name}: an outage is reported, and the visitor stays logged in`, async () => {
    for (const procedure of ['auth.me', 'auth.listSessions', 'auth.policy'])
      service().answers[procedure] = { status: 503, code: 'unavailable' }
    for (const headers of [loggedIn, holding({ refresh: 'r' })]) {
      const { result } = await render(headers, page)
      expect(textOf(result)).toContain('We cannot reach your account right now. You are still logged in.')
      const path = decodeURIComponent(next) || '/account'
      expect(result).toMatch(new RegExp(`<a href="${path}"[^>]*>Try again</a>`))
    }
  })
}

test('the account shows the visitor’s own profile, asked for with their token', async () => {
  const profile = { display_name: 'Ada <b>', bio: 'I draw.' }
  service().answers['auth.me'] = { data: { ...user, profile } }
  const { result } = await render(loggedIn, pages.account({}))
  expect(textOf(result)).toContain(
    'Ada &lt;b&gt; ada@example.com Change your email About you I draw. Edit profile',
  )
  expect(result).not.toContain('<textarea')
  const asked = service().heard.find(({ url }) => url.includes('auth.me'))
  expect(asked?.headers.authorization).toBe(`Bearer ${lasting}`)
  const edited = await render(loggedIn, pages.account({ edit: '' }))
  expect(edited.result).toContain('I draw.</textarea>')
  expect(edited.result).toContain('value="Ada &lt;b&gt;"')
})

test('the account offers another email only where the service sends mail', async () => {
  service().answers['auth.me'] = { data: user }
  for (const sendsMail of [true, false]) {
    service().answers['auth.policy'] = { data: { ...policy, password_reset: sendsMail } }
    const { result = '' } = await render(loggedIn, pages.account({}))
    expect(result.includes('Change your email')).toBe(sendsMail)
  }
})

test('a browser that holds an access token alone sees its account', async () => {
  service().answers['auth.me'] = { data: user }
  const { result } = await render(holding({ access: lasting }), pages.account({}))
  expect(textOf(result)).toContain('ada@example.com')
})

test('an account without a name is called by its email', async () => {
  for (const display_name of ['', 'Anonymous User']) {
    const profile = { display_name, bio: '' }
    service().answers['auth.me'] = { data: { ...user, email: '"ğ@a"@example.com', profile } }
    const { result } = await render(loggedIn, pages.account({}))
    expect(textOf(result)).toContain('&quot;ğ@a&quot; &quot;ğ@a&quot;@example.com Add your name')
    const form = await render(loggedIn, pages.account({ edit: '' }))
    expect(form.result).not.toContain('Anonymous')
  }
  const { result } = await render(loggedIn, pages.account({}))
  expect(textOf(result)).toContain('Nothing here yet.')
})

test('an address selects our notice and never its own words', async () => {
  service().answers['auth.me'] = { data: user }
  const texts = {
    welcome: 'Welcome! Your account is ready.',
    'profile-saved': 'Your profile is saved.',
    'password-changed': 'Your password is changed. On every other device you are logged out.',
  }
  for (const [notice, text] of Object.entries(texts))
    expect(textOf((await render(loggedIn, pages.account({ notice }))).result)).toContain(text)
  const { result } = await render(loggedIn, pages.account({ notice: 'You won' }))
  expect(result).not.toContain('You won')
  expect(result).not.toContain('role="status"')
})

test("the account's pages link each other, and flyers where there are some", async () => {
  const { result = '' } = await render(loggedIn, () => AccountLayout({ children: 'a page' }))
  const links = Array.from(result.matchAll(/<a href="([^"]+)"/g), ([, href]) => href)
  expect(links).toEqual(['/account', '/account/sessions', '/account/password'])
  expect(result).not.toContain('"/flyers"')
  expect(result).toMatch(/<form action="\/session\/end" method="post"/)
})

test('a password form states the length and files under the email', async () => {
  service().answers['auth.me'] = { data: user }
  service().answers['auth.policy'] = { data: { ...policy, password: { min_length: 12, max_bytes: 1 } } }
  const { result } = await render(loggedIn, pages.password())
  expect(textOf(result)).toContain('At least 12 characters. Longer is better.')
  expect(result).toMatch(
    /<input type="text" autoComplete="username" readonly="" hidden="" name="username" value="ada@example\.com"/i,
  )
  expect(result?.match(/type="password"/g)).toHaveLength(2)
})

test('this device is first without a button; others can be ended', async () => {
  const sessions = [
    sessionOf({ id: 'other', device: { browser: null, os: null, type: null }, ip: null }),
    sessionOf({ id: 'mine', is_current: true, reused_at: '2026-01-04T15:04:00Z' }),
    sessionOf({ id: 'phone', device: { browser: null, os: 'Android', type: 'mobile' } }),
    sessionOf({
      id: 'tv',
      device: { browser: 'Opera', os: null, type: 'tv' },
      reused_at: '2026-01-04T15:04:00Z',
    }),
  ]
  service().answers['auth.listSessions'] = { data: sessions }
  const { result = '' } = await render({ ...loggedIn, 'accept-language': 'en-US' }, pages.sessions({}))
  const items = result.split('<li').slice(-4).map(textOf)
  expect(
    items.map((item) => /(Firefox on Linux|Unknown device|Something on Android|Opera)/.exec(item)?.[0]),
  ).toEqual(['Firefox on Linux', 'Unknown device', 'Something on Android', 'Opera'])
  expect(items.map((item) => item.includes('This device'))).toEqual([true, false, false, false])
  expect(items.map((item) => item.includes('Log out ('))).toEqual([false, true, true, true])
  expect(items.map((item) => item.includes('Address'))).toEqual([true, false, true, true])
  expect(items.map((item) => item.includes('Somebody may have copied'))).toEqual([true, false, false, true])
  expect(items[0]).toContain('If in doubt, log out and change your password.')
  expect(items[3]).toContain('If in doubt, log it out and change your password.')
  const [desktop, unknown, phone, tv] = [...result.matchAll(/<svg viewBox="0 0 40 40".*?<\/svg>/gs)]
    .slice(-4)
    .map(([drawing]) => drawing)
  expect([tv, new Set([desktop, unknown, phone]).size]).toEqual([desktop, 3])
  expect(items[0]).toMatch(/Last seen \d+ \w+ ago Jan 3, 2026, 3:04.PM UTC Logged in \d+ \w+ ago Jan 2, 2026/)
  expect([...result.matchAll(/name="id" value="([^"]+)"/g)].map(([, id]) => id)).toEqual([
    'other',
    'phone',
    'tv',
  ])
  expect(textOf(result)).toContain('Log out everywhere else')
  expect(result).not.toContain('Older devices')
})

test('devices: it is told what became of what was done', async () => {
  service().answers['auth.listSessions'] = { data: [sessionOf({ is_current: true })] }
  const texts = {
    ended: 'That device is logged out.',
    'others-ended': 'You are logged out everywhere else.',
    failed: 'That did not work: we cannot reach our service. Please try again.',
  }
  for (const [notice, text] of Object.entries(texts))
    expect(textOf((await render(loggedIn, pages.sessions({ notice }))).result)).toContain(text)
})

test('devices: times are in the visitor’s zone', async () => {
  service().answers['auth.listSessions'] = { data: [sessionOf({ is_current: true })] }
  const headers = {
    ...loggedIn,
    cookie: `${loggedIn['cookie']}; pf_zone=Europe/Berlin`,
    'accept-language': 'de',
  }
  const { result } = await render(headers, pages.sessions({}))
  expect(textOf(result)).toContain('2. Jan. 2026, 16:04')
  expect(textOf(result)).toContain('Sie sind auf keinem anderen Gerät angemeldet.')
  expect(textOf(result)).not.toContain('Alle anderen Geräte abmelden')
})

test('twenty devices lead to all, a hundred to the older ones', async () => {
  const sessions = Array.from({ length: 100 }, (_, index) =>
    sessionOf({ id: `s${index}`, is_current: index === 50 }),
  )
  service().answers['auth.listSessions'] = { data: sessions }
  const first = await render(loggedIn, pages.sessions({}))
  expect(first.result?.match(/<li/g)).toHaveLength(20)
  expect(textOf(first.result?.split('<li')[1])).toContain('This device')
  expect(first.result).toContain('href="/account/sessions?all"')
  const { result } = await render(loggedIn, pages.sessions({ all: '', before: 's0' }))
  expect(result?.match(/<li/g)).toHaveLength(100)
  expect(result).toContain('href="/account/sessions?all&amp;before=s99"')
  const askedOlder = service().heard.findLast(({ url }) => url.includes('auth.listSessions'))
  expect(decodeURIComponent(askedOlder?.url ?? '')).toContain('{"before":"s0"}')
  service().answers['auth.listSessions'] = { data: sessions.slice(1) }
  const rest = await render(loggedIn, pages.sessions({ all: '', before: ['s0', 's1'] }))
  expect(rest.result).not.toContain('Older devices')
  expect(decodeURIComponent(service().heard.at(-1)?.url ?? '')).not.toContain('before')
})

for (const name of ['login', 'register'] as const) {
  test(`${name}: a user goes on, others see the form and its return`, async () => {
    service().answers['auth.policy'] = { data: policy }
    const other = name === 'login' ? 'register' : 'login'
    const { result } = await render(stranger, pages[name]({ next: '/account/sessions' }))
    expect(result).toContain('<input type="hidden" name="next" value="/account/sessions"')
    expect(result).toContain(`href="/${other}?next=%2Faccount%2Fsessions"`)
    const foreign = await render(stranger, pages[name]({ next: 'https://evil.example/account' }))
    expect(foreign.result).not.toContain('evil')
    service().answers['auth.me'] = { data: user }
    expect((await render(loggedIn, pages[name]({}))).sentTo).toBe('/account')
    expect((await render(loggedIn, pages[name]({ next: '/flyers' }))).sentTo).toBe('/flyers')
  })

  test(`${name}: opened by plain http it says that the login will not last`, async () => {
    const words = 'This page was opened over http'
    const { result } = await render({ ...stranger, 'x-opened-by-plain-http': '1' }, pages[name]({}))
    expect(textOf(result)).toContain(words)
    expect((await render(stranger, pages[name]({}))).result).not.toContain(words)
  })

  test(`${name}: the form is there while the service is out of reach`, async () => {
    service().answers['auth.policy'] = { status: 503, code: 'unavailable' }
    service().answers['auth.me'] = { status: 503, code: 'unavailable' }
    const { result } = await render(loggedIn, pages[name]({}))
    expect(result).toContain('type="password"')
    expect(result).not.toContain('At least')
  })
}

test('within a second pages ask the policy once, after failures again', async () => {
  const countAsked = () => listCalls(service()).filter((call) => call.includes('policy')).length
  service().answers['auth.policy'] = { status: 503, code: 'unavailable' }
  await render(stranger, pages.login({}))
  const failed = countAsked()
  service().answers['auth.policy'] = { data: policy }
  await expect.poll(async () => (await render(stranger, pages.login({}))).result).toContain('/register')
  const answered = countAsked()
  await render(stranger, pages.login({}))
  expect([failed, answered, countAsked()]).toEqual([failed, failed + 1, failed + 1])
})

test('the login tells what led to it', async () => {
  const texts = {
    'session-ended': 'Your session has ended. Please log in again.',
    'logged-out': 'You are logged out.',
    unavailable: 'We cannot reach your account right now. Please try again in a moment.',
  }
  for (const [notice, text] of Object.entries(texts))
    expect(textOf((await render(stranger, pages.login({ notice }))).result)).toContain(text)
})

test('where registration is closed nothing leads to it', async () => {
  service().answers['auth.policy'] = { data: { ...policy, registration: false } }
  expect((await render(stranger, pages.login({}))).result).not.toContain('/register')
  const { result } = await render(stranger, pages.register({ next: '/flyers' }))
  expect(textOf(result)).toContain('Registration is closed')
  expect(result).not.toContain('<form')
  expect(result).toContain('href="/login?next=%2Fflyers"')
})

test('a registration says how long a password is at least', async () => {
  service().answers['auth.policy'] = { data: policy }
  const { result } = await render(stranger, pages.register({}))
  expect(textOf(result)).toContain('At least 8 characters. Longer is better.')
})

test('the devices say whether mails tell of new ones', async () => {
  service().answers['auth.listSessions'] = { data: [] }
  expect((await render(loggedIn, pages.sessions({}))).result).not.toContain('Mails of new devices')
  for (const [isOn, button] of [
    [true, 'Turn these mails off'],
    [false, 'Turn these mails on'],
  ] as const) {
    service().answers['auth.notices'] = { data: { new_device: isOn } }
    const { result } = await render(loggedIn, pages.sessions({}))
    expect(textOf(result)).toContain(button)
    expect(result).toContain(`value="${isOn ? 'off' : 'on'}"`)
  }
})

test('a visitor turns the mails of new devices off', async () => {
  service().answers['auth.updateNotices'] = { data: { new_device: false } }
  const { sentTo } = await act(loggedIn, () => turnNewDeviceMails(toForm({ to: 'off' })))
  expect(sentTo).toBe('/account/sessions?notice=mails-off')
  expect(readInput(service())).toEqual({ new_device: false })
})
