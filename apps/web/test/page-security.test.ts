import { expect, test } from './fixtures.ts'
import { people } from './people.ts'

test('every page has security headers and its own nonce, unstored', async ({ request }) => {
  const nonces = new Set<string | undefined>()
  for (const path of ['/login', '/account', '/', '/no-such-page']) {
    const headers = (await request.get(path, { maxRedirects: 0 })).headers()
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    nonces.add(/'nonce-([^']+)'/.exec(policy)?.[1])
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    })
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers['cache-control']).toContain('no-store')
    expect(headers).not.toHaveProperty('x-powered-by')
  }
  expect(nonces.size).toBe(4)
  expect(nonces).not.toContain(undefined)
})

test('no page or form answer of a user is stored', async ({ page, loginPage, newcomer }) => {
  const stored: string[] = []
  page.on('response', (response) => {
    const isAsset = response.url().includes('/_next/static/') || response.url().includes('/icon.svg')
    if (!isAsset && !response.headers()['cache-control']?.includes('no-store')) stored.push(response.url())
  })
  await loginPage.logIn(newcomer)
  for (const path of ['/account', '/account?edit', '/account/sessions', '/account/password'])
    await page.goto(path)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByLabel('Current password', { exact: true })).toBeFocused()
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  expect(stored).toEqual([])
})

test('pages obey their own policy and ask nothing of another host', async ({ page, loginPage, baseURL }) => {
  const complaints: string[] = []
  const hosts = new Set<string>()
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))
  await loginPage.open()
  await loginPage.button.click()
  await expect(loginPage.email).toBeFocused()
  await loginPage.logIn(people.ada)
  await page.getByRole('button', { name: 'Log out' }).click()
  await expect(page.getByText('You are logged out.')).toBeVisible()
  expect(complaints).toEqual([])
  expect([...hosts]).toEqual([baseURL])
})

test('on a phone login and account fit, and controls are 44 px', async ({ page, loginPage }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const expectToFit = async (width = 390) => {
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    for (const target of await page
      .locator('button, input:not([type=hidden], [hidden]), textarea, a')
      .filter({ visible: true })
      .all()) {
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    }
  }
  await loginPage.open()
  await expectToFit()
  await loginPage.button.click()
  await expect(loginPage.email).toBeFocused()
  await expectToFit()
  await page.setViewportSize({ width: 320, height: 600 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  await loginPage.logIn(people.grace)
  await expectToFit(320)
})
