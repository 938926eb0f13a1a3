import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContext } from '@playwright/test'
import { session } from '@pockitflyer/auth-protocol/schemas'
import { z } from 'zod'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { plantTokens } from './session-cookies.ts'
import { startNext } from './web-server.ts'

/**
 * What a page's JavaScript may weigh over that of an empty page of the same Next.js, in bytes as
 * they travel (gzip).
 */
const limitBytes = {
  '/login': 6800,
  '/register': 6800,
  '/account': 8200,
  '/account?edit': 8200,
  '/account/sessions': 8200,
  '/account/password': 8200,
}

const emptyApp = fileURLToPath(new URL('empty-app/', import.meta.url))
const require = createRequire(import.meta.url)
const next = require.resolve('next/dist/bin/next')
const { version } = z.object({ version: z.string() }).parse(require('next/package.json'))

/** The bytes of all scripts that a first visit brings. */
async function weighScripts(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const weights = await Promise.all(sizes)
  return weights.reduce((total, weight) => total + weight, 0)
}

/** Builds the empty page and weighs it: half a minute of a processor. */
async function weighEmptyApp(browser: Browser): Promise<number> {
  const { status, stderr } = spawnSync(process.execPath, [next, 'build', emptyApp], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  const empty = await startNext(emptyApp)
  const context = await browser.newContext()
  const weight = await weighScripts(context, empty.url)
  await context.close()
  await empty.stop()
  return weight
}

/** By version of Next.js: one without a record here is weighed each time. */
const recordedWeights: Record<string, number> = { '16.4.6': 135_157 }

test("no page adds more than 8.2 kB of JavaScript to Next.js's own", async ({
  browser,
  request,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const { email, password } = people.ada
  const login = await request.post('/api/users/login/', { data: { email, password } })
  const tokens = session.parse(await login.json())

  const weigh = async (url: string, isLoggedIn: boolean) => {
    const context = await browser.newContext()
    if (isLoggedIn) await plantTokens(context, url, tokens)
    const weight = await weighScripts(context, url)
    await context.close()
    return weight
  }
  const emptyWeight = recordedWeights[version] ?? (await weighEmptyApp(browser))
  expect(emptyWeight).toBeGreaterThan(50_000)
  for (const [path, limit] of Object.entries(limitBytes)) {
    const over = (await weigh((baseURL ?? '') + path, path.startsWith('/account'))) - emptyWeight
    test
      .info()
      .annotations.push({ type: 'JavaScript', description: `${path} ${over} bytes over ${emptyWeight}` })
    expect(over, path).toBeLessThanOrEqual(limit)
  }
})
