import { createContext, runInContext } from 'node:vm'
import { afterAll, describe, expect, test } from 'vitest'
import { createAuthClient } from '../../src/index.ts'
import { openService, password, secretKey } from '../service.ts'
import { bundle } from './bundle.ts'
import { packConsumer } from './pack.ts'

const consumer = await packConsumer(['hono'])
afterAll(() => consumer.remove())

const service = await openService()
const { url } = await service.listen()

/** The most that each entry may add to an app, in bytes after gzip. */
const budgets: Record<string, number> = {
  '.': 8_700,
  './storage': 1_700,
  './node': 2_000,
  './verifier': 9_500,
  './revocation': 7_000,
  './hono': 900,
  './express': 1_000,
  './fastify': 1_000,
  './next': 900,
  './trpc': 2_200,
}

/**
 * The packages that may be in a bundle. Of the service nothing: no argon2, no pg, no kysely, no
 * zod.
 */
const allowed = /\/node_modules\/(?:@pockitflyer\/auth-client|@trpc\/client|@trpc\/server|jose)\//

test('every entry has its budget', () => {
  expect(consumer.entries).toEqual(Object.keys(budgets))
})

describe.each(Object.entries(budgets))('a bundle of %s', (entry, budget) => {
  const source = `export * from '@pockitflyer/auth-client${entry.slice(1)}'`

  test("holds nothing of the service, and Node only in Node's entries", async () => {
    const { files, imports } = await bundle(consumer, source, 'esm')
    const foreign = files.filter((file) => file.includes('/node_modules/') && !allowed.test(file))
    expect(foreign).toEqual([])
    expect(imports.filter((name) => name.startsWith('node:')).length > 0).toBe(entry === './node')
    expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([])
  })

  test('keeps to its budget', async ({ annotate }) => {
    const { gzipBytes } = await bundle(consumer, source, 'esm')
    await annotate(`${gzipBytes} bytes after gzip`)
    expect(gzipBytes).toBeLessThan(budget)
  })
})

/**
 * Calls `run` of a bundle where there is what is named, and timers, and nothing of Node: as in an
 * edge runtime or React Native.
 */
async function runBare(source: string, globals: Record<string, unknown>, input: string[]): Promise<unknown> {
  const { code } = await bundle(consumer, source, 'iife')
  const context = createContext({ ...globals, setTimeout, clearTimeout })
  const call = `bundle.run(${input.map((text) => JSON.stringify(text)).join(', ')})`
  const answer: unknown = await runInContext(`${code}; ${call}`, context)
  return answer
}

test('the client runs where there are fetch, timers, AbortController and atob alone', async () => {
  const { id, email } = await service.addUser()
  const source = `
    import { createAuthClient } from '@pockitflyer/auth-client'
    export async function run(url, email, password) {
      const client = createAuthClient({ url })
      await client.auth.login.mutate({ email, password })
      await client.getAccessToken({ refused: await client.getAccessToken() })
      const { id } = await client.auth.me.query()
      return JSON.stringify([id, (await client.logOut()).kind])
    }`
  const answer = await runBare(source, { fetch, AbortController, atob }, [url, email, password])
  expect(answer).toBe(JSON.stringify([id, 'ended']))
})

test('the verifier needs Web Crypto, text encoders and atob alone', async () => {
  const { email } = await service.addUser()
  const session = await createAuthClient({ url }).auth.login.mutate({ email, password })
  const source = `
    import { createVerifier } from '@pockitflyer/auth-client/verifier'
    export async function run(token, secret) {
      return (await createVerifier({ secret }).verify(token)).email
    }`
  const globals = { crypto, CryptoKey, TextEncoder, TextDecoder, Uint8Array, atob }
  expect(await runBare(source, globals, [session.access, secretKey])).toBe(email)
})
