import { randomUUID } from 'node:crypto'
import { createAuthClient, findAuthError } from '@pockitflyer/auth-client'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin, generateKey, toPrivateJwk } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { startTestApi } from '@pockitflyer/testing'
import { afterAll } from 'vitest'

const nobody = { client: { ip: null, userAgent: null } }

export const password = 'correct horse battery staple'

/** A running account service with one user, until the test file is done. */
export async function startAccounts(env: Record<string, string> = {}) {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  const email = `${randomUUID()}@example.com`
  await addUser(admin, nobody, { email, password, is_active: true })
  const signing = { SIGNING_KEY: JSON.stringify(toPrivateJwk(generateKey('EdDSA'))) }
  const api = await startTestApi(database.url, { BLACKLIST_AFTER_ROTATION: 'true', ...signing, ...env })
  afterAll(async () => {
    await api.stop()
    await db.destroy()
    await database.drop()
  })
  const url = `${api.url}/api/trpc`
  const client = createAuthClient({ url })
  return {
    email,
    origin: api.url,
    url,
    async issueAccessToken() {
      const { access } = await createAuthClient({ url }).auth.login.mutate({ email, password })
      return access
    },
    /** Returns the error code of a call with a token; `undefined` when the service accepts it. */
    async findRefusal(accessToken: string) {
      const asked = createAuthClient({ url, accessToken }).auth.me.query()
      return asked.then(
        () => undefined,
        (error: unknown) => findAuthError(error)?.code,
      )
    },
    /** Revokes the session of a refresh token, as a logout elsewhere does. */
    revoke: (refresh: string) => client.auth.logout.mutate({ refresh }),
    /** Returns whether a refresh token still opens a session. */
    isLive: (refresh: string) =>
      client.auth.refresh.mutate({ refresh }).then(
        () => true,
        () => false,
      ),
  }
}
