import { createOpenApiDocument, renderOpenApiDocument } from '@pockitflyer/auth/openapi'
import { afterAll, expect, test } from 'vitest'
import { readApiSettings } from '../../src/settings.ts'
import { startTestApi } from '../../src/testing.ts'
import { openDatabase } from '../database.ts'

const database = await openDatabase()
const api = await startTestApi(database.url)
const silent = await startTestApi(database.url, { API_DOCS: 'false' })
afterAll(async () => {
  await api.stop()
  await silent.stop()
})

const page = `${api.url}/api/docs/`

/** The files that the page names, and those that they load. */
async function readAddresses(): Promise<string[]> {
  const html = await (await fetch(page)).text()
  const named = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, address = '']) => address)
  const initializer = await (await fetch(new URL('initializer.js', page))).text()
  return [...named, /url: '([^']+)'/.exec(initializer)?.[1] ?? '']
}

test('the document is served unchanged, cached briefly, and not sent twice', async () => {
  const address = `${api.url}/api/openapi.json`
  const answer = await fetch(address)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json'])
  expect(answer.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await answer.text()).toBe(renderOpenApiDocument(await createOpenApiDocument()))
  const tag = answer.headers.get('etag') ?? ''
  const again = await fetch(address, { headers: { 'If-None-Match': tag } })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the page works with and without its slash, behind any proxy', async () => {
  const bare = await fetch(`${api.url}/api/docs`, { redirect: 'manual' })
  expect([bare.status, bare.headers.get('location')]).toEqual([302, 'docs/'])
  const answer = await fetch(`${api.url}/api/docs`)
  expect([answer.status, answer.url]).toEqual([200, page])
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
})

test('every file of the page comes from its own origin', async () => {
  const addresses = await readAddresses()
  expect(addresses).toHaveLength(6)
  for (const address of addresses) {
    expect(address).toMatch(/^(\.\.\/)?[\w.-]+$/)
    const answer = await fetch(new URL(address, page))
    expect([address, answer.status]).toEqual([address, 200])
    expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+$/)
    expect(answer.headers.get('etag')).not.toBe(null)
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0)
  }
})

test('the page loads nothing foreign, runs nothing inline, allows no frame', async () => {
  const answer = await fetch(page)
  expect(answer.headers.get('content-security-policy')?.split('; ').toSorted()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "script-src 'self'",
    "style-src 'self'",
  ])
  expect(answer.headers.get('cache-control')).toBe('no-cache')
  expect(answer.headers.get('strict-transport-security')).toBe(null)
  expect(await answer.text()).not.toMatch(/<script>|<style|style=|https?:/)
})

test.each(['swagger-ui.js', 'swagger-ui-bundle.js.map', 'index.html', 'docs.ts', '..%2fsettings.ts', 'none'])(
  'nothing else of the folders is served: %s',
  async (name) => {
    const answer = await fetch(`${page}${name}`)
    expect([answer.status, await answer.json()]).toEqual([404, { detail: 'Not found.' }])
  },
)

test('switched off, document and page leave no trace', async () => {
  const unknown = await fetch(`${silent.url}/api/none`)
  const body = await unknown.text()
  for (const address of [
    '/api/openapi.json',
    '/api/docs',
    '/api/docs/',
    '/api/docs/initializer.js',
    '/api/docs/swagger-ui.css',
  ]) {
    const answer = await fetch(`${silent.url}${address}`, { redirect: 'manual' })
    expect([address, answer.status, await answer.text()]).toEqual([address, 404, body])
    expect([...answer.headers.keys()]).toEqual([...unknown.headers.keys()])
  }
})

test('production serves document and page only where API_DOCS asks for it', () => {
  const hasDocs = (env: Record<string, string>) =>
    readApiSettings({ SECRET_KEY: 'x'.repeat(32), DATABASE_URL: 'postgres://localhost/x', ...env }).hasDocs
  expect(hasDocs({})).toBe(true)
  expect(hasDocs({ NODE_ENV: 'development' })).toBe(true)
  expect(hasDocs({ NODE_ENV: 'production' })).toBe(false)
  expect(hasDocs({ NODE_ENV: 'production', API_DOCS: '' })).toBe(false)
  expect(hasDocs({ NODE_ENV: 'production', API_DOCS: 'true' })).toBe(true)
  expect(hasDocs({ API_DOCS: 'false' })).toBe(false)
  expect(() => hasDocs({ API_DOCS: 'yes' })).toThrow('API_DOCS must be true or false')
})
