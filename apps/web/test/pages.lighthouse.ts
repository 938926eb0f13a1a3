import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { chromium } from '@playwright/test'
import { session } from '@pockitflyer/auth-protocol/schemas'
import { findFreePort } from '@pockitflyer/server/testing'
import { z } from 'zod'
import { expect, test } from './fixtures.ts'
import { people } from './people.ts'
import { plantTokens } from './session-cookies.ts'

/**
 * Fetched when it is run: with its hundred dependencies it would be a seventh of what everybody
 * installs.
 */
const lighthouse = ['-y', 'lighthouse@13.5.0']

const categories = ['performance', 'accessibility', 'best-practices']

const report = z.object({ categories: z.record(z.string(), z.object({ score: z.number() })) })

async function measure(url: string, port: number): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(
    'npx',
    [
      ...lighthouse,
      url,
      `--port=${port}`,
      `--only-categories=${categories.join()}`,
      '--disable-storage-reset',
      '--output=json',
      '--quiet',
    ],
    { maxBuffer: 2 ** 26 },
  )
  const scores = Object.entries(report.parse(JSON.parse(stdout)).categories)
  return Object.fromEntries(scores.map(([name, { score }]) => [name, score * 100]))
}

for (const path of ['/login', '/register', '/account', '/account/sessions', '/account/password']) {
  test(`Lighthouse on ${path}: performance 95 or more, the others 100`, async ({
    launchOptions,
    request,
    baseURL,
  }) => {
    const port = await findFreePort()
    const context = await chromium.launchPersistentContext('', {
      ...launchOptions,
      args: [`--remote-debugging-port=${port}`],
    })
    try {
      const url = `${baseURL}${path}`
      if (path.startsWith('/account')) {
        const { email, password } = people.grace
        const login = await request.post('/api/users/login/', { data: { email, password } })
        await plantTokens(context, url, session.parse(await login.json()))
      }
      const scores = await measure(url, port)
      process.stdout.write(`${path} ${JSON.stringify(scores)}\n`)
      expect(scores['performance']).toBeGreaterThanOrEqual(95)
      expect(scores).toMatchObject({ accessibility: 100, 'best-practices': 100 })
    } finally {
      await context.close()
    }
  })
}
