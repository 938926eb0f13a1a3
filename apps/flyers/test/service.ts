import { randomUUID } from 'node:crypto'
import { cheapHashes, startTestApi } from '@pockitflyer/testing'
import { connect, readSettings } from '@pockitflyer/auth'
import {
  addUser,
  type AsymmetricKey,
  createAdmin,
  generateKey,
  adminSettings,
  toPrivateJwk,
} from '@pockitflyer/auth/admin'
import { createAuthClient } from '@pockitflyer/auth-client'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { createTRPCClient, httpLink } from '@trpc/client'
import { afterAll } from 'vitest'
import type { FlyersRouter } from '@pockitflyer/flyers/router'
import { startTestFlyers } from './start-test-flyers.ts'

const password = 'TestPass123!'

/** A key as `SIGNING_KEY` takes it. */
export const toSetting = (key: AsymmetricKey) => JSON.stringify(toPrivateJwk(key))

/**
 * The account service and the flyers service on a database of this test file, both over HTTP. They
 * are gone after it.
 */
export async function openServices() {
  const database = await createTestDatabase()
  const accounts = connect({ url: database.url })
  const settings = readSettings(adminSettings, {})
  const passwords = { ...settings.passwords, ...cheapHashes }
  const admin = createAdmin({ ...settings, passwords }, { db: accounts })
  const signingKey = generateKey('EdDSA')
  let api = await startTestApi(database.url, { SIGNING_KEY: toSetting(signingKey) })
  const flyers = await startTestFlyers(database.url, api.url)
  afterAll(async () => {
    await flyers.stop()
    await api.stop()
    await accounts.destroy()
    await database.drop()
  })

  return {
    databaseUrl: database.url,
    signingKey,
    apiUrl: api.url,
    url: flyers.url,
    stopApi: () => api.stop(),
    /** Starts the account service again where it was, with other settings. */
    async startApi(env: Record<string, string>) {
      api = await startTestApi(database.url, { ...env, PORT: new URL(api.url).port })
    },
    /** Adds a user and logs in: the access token and the session that it belongs to. */
    async logIn(displayName = 'Ada') {
      const email = `user-${randomUUID()}@example.com`
      const account = { email, password, display_name: displayName, is_active: true }
      const { id } = await addUser(admin, { client: { ip: null, userAgent: null } }, account)
      const session = createAuthClient({ url: `${api.url}/api/trpc` })
      const { access, refresh } = await session.auth.login.mutate({ email, password })
      return { id, access, refresh, session, ...createCaller(flyers.url, access) }
    },
  }
}

/** Calls the flyers service by REST and tRPC. */
export function createCaller(url: string, accessToken?: string) {
  const headers = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` }
  return {
    trpc: createTRPCClient<FlyersRouter>({ links: [httpLink({ url: `${url}/api/trpc`, headers })] }).flyers,
    mine: () => send(`${url}/api/flyers/mine`, { headers }),
    create: (body: unknown) =>
      send(`${url}/api/flyers`, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  }
}

/** A whole answer: what two of them must be equal in to be the same for a client. */
async function send(url: string, init: RequestInit) {
  const response = await fetch(url, init)
  const header = (name: string) => response.headers.get(name)
  return {
    status: response.status,
    body: await response.json(),
    challenge: header('www-authenticate'),
    retryAfter: header('retry-after'),
    cache: header('cache-control'),
  }
}

/** A flyer to post, unlike any other. */
export const makeFlyer = (changes: object = {}) => ({
  id: randomUUID(),
  title: 'Street festival',
  body: 'Saturday, all day.',
  ...changes,
})
