import { connect, createAuth, readAuthSettings } from '@pockitflyer/auth'
import { addUser } from '@pockitflyer/auth/admin'
import { createContext } from '@pockitflyer/auth/http'
import { createCaller } from '@pockitflyer/auth/router'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { runCli } from './run-cli.ts'

const client = { ip: null, userAgent: 'test' }

export const secretKey = 'a key of the tests, at least 32 bytes'

/** Argon2's least costs. The tool itself hashes as it does for operators. */
const cheapHashes = { memoryKib: 8, timeCost: 1 }

/** The account service on a database of this test file, and the tool that works on the same. */
export async function createService(serviceSettings: Record<string, string> = {}) {
  const { url, drop } = await createTestDatabase()
  const db = connect({ url })
  const settings = readAuthSettings({ SECRET_KEY: secretKey, ...serviceSettings })
  const auth = await createAuth({ ...settings, passwords: { ...settings.passwords, ...cheapHashes } }, { db })
  const request = new Request('http://accounts.test/', { headers: { 'User-Agent': client.userAgent } })
  const caller = createCaller(createContext(auth, request, undefined)).auth
  const env = { DATABASE_URL: url }
  return {
    env,
    db,
    auth,
    caller,
    run: (args: string[], stdin?: string | Buffer) =>
      runCli(args, stdin === undefined ? { env } : { env, stdin }),
    addUser: (email: string, password = 'a good password') =>
      addUser(auth, { client }, { email, password, is_active: true }),
    canLogIn: (email: string, password: string) =>
      caller.login({ email, password }).then(
        () => true,
        () => false,
      ),
    findUser: (email: string) =>
      db
        .selectFrom('users')
        .innerJoin('profiles', 'user_id', 'id')
        .select(['id', 'email', 'is_active', 'display_name', 'bio'])
        .where('email', '=', email)
        .executeTakeFirst(),
    eventsOf: (userId: number) =>
      db
        .selectFrom('auth_events')
        .select(['kind', 'ip', 'user_agent'])
        .where('user_id', '=', userId)
        .where('user_agent', '!=', client.userAgent)
        .orderBy('id')
        .execute(),
    async close() {
      await db.destroy()
      await drop()
    },
  }
}

export type Service = Awaited<ReturnType<typeof createService>>
