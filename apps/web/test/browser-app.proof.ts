import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startTestApi } from '@pockitflyer/testing'
import { rolldown } from 'rolldown'

const page = join(import.meta.dirname, '../../../apps/docs/client/browser-app.md')
const person = { email: 'test@example.com', password: 'TestPass123!' }

/**
 * The code of the page for this API, bundled as an app would bundle it: its exports stand in the
 * global `app`.
 */
async function bundleDocumentedCode(apiUrl: string): Promise<string> {
  const [, code = ''] = /^```ts\n(.*?)^```$/ms.exec(readFileSync(page, 'utf8')) ?? []
  expect(code).toContain('https://accounts.example.com')
  const entry = join(import.meta.dirname, 'documented-app.ts')
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    plugins: [
      {
        name: 'entry',
        load: (id) => (id === entry ? code.replace('https://accounts.example.com', apiUrl) : undefined),
        resolveId: (id) => (id === entry ? id : undefined),
      },
    ],
  })
  const { output } = await build.generate({ format: 'iife', name: 'app' })
  await build.close()
  return output[0].code
}

/** Serves an empty page from an origin of its own. */
async function serveEmptyPage() {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html')
    response.end('<!doctype html><title>An app</title>')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { origin: `http://127.0.0.1:${port}`, stop: () => server.close() }
}

/** Calls what the page of the documentation exports, in the browser. */
const calls = `(async (person, apiUrl) => {
  const refused = await app.logIn(person.email, 'a wrong password')
  const loggedIn = await app.logIn(person.email, person.password)
  if (loggedIn !== undefined) return { refused, loggedIn }
  const me = await app.accounts.auth.me.query()
  const answer = await app.fetchAsUser(apiUrl + '/api/users/me/')
  const missing = await app.fetchAsUser(apiUrl + '/api/users/none/')
  const keys = await fetch(apiUrl + '/.well-known/jwks.json')
  return { refused, loggedIn, me: me.email, rest: (await answer.json()).email, missing: missing.status, keys: keys.ok }
})`

test.describe('the code of browser-app.md, from another origin', () => {
  let api: Awaited<ReturnType<typeof startTestApi>> | undefined
  let site: Awaited<ReturnType<typeof serveEmptyPage>> | undefined

  test.afterEach(async () => {
    site?.stop()
    await api?.stop()
  })

  for (const isAllowed of [true, false]) {
    test(
      isAllowed ? 'logs in and calls both APIs' : 'reaches nothing where its origin is not named',
      async ({ page }) => {
        site = await serveEmptyPage()
        api = await startTestApi(process.env['TEST_STACK_DATABASE_URL'] ?? '', {
          CORS_ORIGINS: isAllowed ? site.origin : 'https://another.example.com',
        })
        await page.goto(site.origin)
        await page.addScriptTag({ content: await bundleDocumentedCode(api.url) })
        const result: unknown = await page.evaluate(
          `${calls}(${JSON.stringify(person)}, ${JSON.stringify(api.url)})`,
        )
        const unreachable = 'We cannot reach the login service right now.'
        expect(result).toEqual(
          isAllowed
            ? {
                refused: 'That email and password do not match.',
                loggedIn: undefined,
                me: person.email,
                rest: person.email,
                missing: 404,
                keys: true,
              }
            : { refused: unreachable, loggedIn: unreachable },
        )
      },
    )
  }
})
