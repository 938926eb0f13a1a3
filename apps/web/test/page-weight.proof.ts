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
 * they travel (gzip): before the page is interactive, and with what it loads then.
 */
const limitBytes = {
  '/login': { first: 3900, all: 6700 },
  '/register': { first: 4000, all: 6800 },
  '/account': { first: 5600, all: 8400 },
  '/account?edit': { first: 5600, all: 8400 },
  '/account/sessions': { first: 3800, all: 6600 },
  '/account/password': { first: 5500, all: 8300 },
}

const emptyApp = fileURLToPath(new URL('empty-app/', import.meta.url))
const require = createRequire(import.meta.url)
const next = require.resolve('next/dist/bin/next')
const { version } = z.object({ version: z.string() }).parse(require('next/package.json'))

interface Weight {
  /** The bytes of the scripts that the page itself names: it is interactive once they are there. */
  first: number
  /** With those of the scripts that these load. */
  all: number
}

/** Weighs the scripts that a first visit brings. */
async function weighScripts(context: BrowserContext, url: string): Promise<Weight> {
  const page = await context.newPage()
  const scripts: Promise<{ path: string; bytes: number }>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() !== 'script') return
    const path = new URL(request.url()).pathname
    scripts.push(request.sizes().then(({ responseBodySize }) => ({ path, bytes: responseBodySize })))
  })
  const answer = await page.goto(url, { waitUntil: 'networkidle' })
  const html = (await answer?.text()) ?? ''
  const loaded = await Promise.all(scripts)
  const sum = (some: typeof loaded) => some.reduce((total, { bytes }) => total + bytes, 0)
  return { first: sum(loaded.filter(({ path }) => html.includes(path))), all: sum(loaded) }
}

/** Builds the empty page and weighs it: half a minute of a processor. */
async function weighEmptyApp(browser: Browser): Promise<number> {
  const { status, stderr } = spawnSync(process.execPath, [next, 'build', emptyApp], { encoding: 'utf8' })
  expect(status, stderr).toBe(0)
  const empty = await startNext(emptyApp)
  const context = await browser.newContext()
  const { all } = await weighScripts(context, empty.url)
  await context.close()
  await empty.stop()
  return all
}

/** By version of Next.js: one without a record here is weighed each time. */
const recordedWeights: Record<string, number> = { '16.4.6': 135_157 }

test('a login is interactive after 4 kB more than an empty page', async ({ browser, request, baseURL }) => {
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
    const { first, all } = await weigh((baseURL ?? '') + path, path.startsWith('/account'))
    const over = { first: first - emptyWeight, all: all - emptyWeight }
    const description = `${path} ${over.first} bytes over ${emptyWeight}, in all ${over.all}`
    test.info().annotations.push({ type: 'JavaScript', description })
    expect(over.first, path).toBeLessThanOrEqual(limit.first)
    expect(over.all, path).toBeLessThanOrEqual(limit.all)
  }
})
