import { apiUrl, expect, test } from './fixtures.ts'
import type { Person } from './people.ts'
import { startWeb } from './web-server.ts'

interface Attempt {
  url: string
  forwardedFor: string | undefined
  person: Person
}

test("a session's address is the browser's; only trusted proxies may claim", async ({
  playwright,
  browser,
  accounts,
  newcomer,
  baseURL,
}) => {
  /**
   * Logs in through the API's path and through the page, and tells which addresses were recorded.
   */
  async function recordAddresses({ url, forwardedFor, person }: Attempt): Promise<Set<string | null>> {
    const headers = forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }
    const client = await playwright.request.newContext({ baseURL: url, extraHTTPHeaders: headers })
    await client.post('/api/users/login/', { data: { email: person.email, password: person.password } })
    await client.dispose()
    const page = await browser.newPage({ baseURL: url, extraHTTPHeaders: headers })
    await page.goto('/login')
    await page.getByLabel('Email').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText(person.email)).toBeVisible()
    await page.close()
    const sessions = await accounts.db
      .deleteFrom('sessions')
      .using('users')
      .whereRef('users.id', '=', 'sessions.user_id')
      .where('users.email', '=', person.email)
      .returning('sessions.ip')
      .execute()
    expect(sessions).toHaveLength(2)
    return new Set(sessions.map(({ ip }) => ip))
  }

  test.setTimeout(240_000)
  const spoofed = ['203.0.113.9']
  for (const forwardedFor of [undefined, ...spoofed]) {
    const recorded = await recordAddresses({ url: baseURL ?? '', forwardedFor, person: newcomer })
    expect(recorded, forwardedFor).toEqual(new Set(['127.0.0.1']))
  }

  const behindProxy = await startWeb(apiUrl, { TRUSTED_PROXIES: 'loopback, 10.0.0.0/8' })
  const chains = [
    ['198.51.100.1, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
    [undefined, '127.0.0.1'],
  ] as const
  try {
    for (const [forwardedFor, address] of chains) {
      const recorded = await recordAddresses({ url: behindProxy.url, forwardedFor, person: newcomer })
      expect(recorded, forwardedFor).toEqual(new Set([address]))
    }
  } finally {
    await behindProxy.stop()
  }
})

test("a wrong setting stops the web app's start and is named", async () => {
  for (const name of ['TRUSTED_PROXIES', 'KEEP_ALIVE_TIMEOUT', 'API_URL', 'WEB_PORT'])
    await expect(startWeb(apiUrl, { [name]: 'everybody' })).rejects.toThrow(
      `The settings cannot be used:\n  ${name} must be`,
    )
})
