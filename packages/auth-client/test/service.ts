import { randomUUID } from 'node:crypto'
import { addUser, connect, createAuth, readConfig, setActive } from '@pockitflyer/auth'
import { createContext, handleTrpc } from '@pockitflyer/auth/http'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll } from 'vitest'

const nobody = { ip: null, userAgent: null }

export const password = 'TestPass123!'

/** The account service on a database of this test file, to be called through a `fetch` that notes what it sends. */
export async function openService(env: Record<string, string> = {}) {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  afterAll(async () => {
    await db.destroy()
    await database.drop()
  })
  const auth = await createAuth(readConfig({ RATE_LIMITS: 'off', SECRET_KEY: 'x'.repeat(32), ...env }), {
    db,
  })
  const sent: Request[] = []
  return {
    auth,
    sent,
    fetch: async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const request = new Request(input, init)
      sent.push(request.clone())
      return handleTrpc(request, createContext(auth, request, undefined), () => {})
    },
    async addUser() {
      const email = `user-${randomUUID()}@example.com`
      const { id } = await addUser(auth, { email, password, is_active: true }, nobody)
      return { id, email }
    },
    deactivate: (userId: number) => setActive(auth, { userId, isActive: false }, nobody),
  }
}
