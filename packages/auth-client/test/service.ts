import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { connect, createAuth, readAuthSettings } from '@pockitflyer/auth'
import { addUser, setActive } from '@pockitflyer/auth/admin'
import { createContext, handleTrpc } from '@pockitflyer/auth/http'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll } from 'vitest'
import { listen } from './listen.ts'

const nobody = { client: { ip: null, userAgent: null } }

export const password = 'TestPass123!'

/** The key that the services of these tests sign with. */
export const secretKey = 'x'.repeat(32)

/** Argon2's least costs: a hash takes a tenth of a millisecond, not twenty. */
const cheapHashes = { memoryKib: 8, timeCost: 1 }

/** The right time, also where a test replaces `Date`. */
const now = () => new Date(performance.timeOrigin + performance.now())

/**
 * The account service on a database of this test file: to be called through a `fetch`, or over
 * HTTP. It notes what it was sent. Its hashes are cheap unless `env` has ARGON2_TIME_COST.
 */
export async function openService(env: Record<string, string> = {}) {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const settings = readAuthSettings({ RATE_LIMITS: 'off', SECRET_KEY: secretKey, ...env })
  const passwords = { ...settings.passwords, ...('ARGON2_TIME_COST' in env ? {} : cheapHashes) }
  const auth = await createAuth({ ...settings, passwords }, { db, now })
  const sent: Request[] = []

  async function fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(input, init)
    sent.push(request.clone())
    return handleTrpc(request, createContext(auth, request, undefined), () => {})
  }

  return {
    auth,
    sent,
    fetch,
    /** The procedures that were called, in order, each call of a batch for itself. */
    called: () =>
      sent.flatMap(({ url }) =>
        new URL(url).pathname.replace(/^\/api\/trpc\/(auth\.)?/, '').split(/,auth\./),
      ),
    /** Serves it over HTTP until the end of the test file. */
    async listen() {
      const server = createServer(getRequestListener(async (request) => fetch(request)))
      const port = await listen(server)
      afterAll(() => {
        server.closeAllConnections()
        server.close()
      })
      return { port, url: `http://127.0.0.1:${port}/api/trpc` }
    },
    async addUser() {
      const email = `user-${randomUUID()}@example.com`
      const { id } = await addUser(auth, nobody, { email, password, is_active: true })
      return { id, email }
    },
    deactivate: (userId: number) => setActive(auth, nobody, { userId, isActive: false }),
  }
}
