import { cheapHashes, testSecretKey } from '@pockitflyer/testing'
import { connect, createAuth, readAuthSettings } from '@pockitflyer/auth'
import { addUser } from '@pockitflyer/auth/admin'
import type { Person } from './people.ts'

/** The accounts of the stack's database, for a test that needs one of its own. */
export interface Accounts {
  db: ReturnType<typeof connect>
  add(person: Person): Promise<void>
  close(): Promise<void>
}

/** Opens the accounts of a database. */
export async function openAccounts(databaseUrl: string): Promise<Accounts> {
  const db = connect({ url: databaseUrl, poolSize: 2, onIdleError: () => undefined })
  const settings = readAuthSettings({ SECRET_KEY: testSecretKey })
  const auth = await createAuth({ ...settings, passwords: { ...settings.passwords, ...cheapHashes } }, { db })
  return {
    db,
    async add(person) {
      await addUser(auth, { client: { ip: null, userAgent: null } }, { ...person, is_active: true })
    },
    close: () => db.destroy(),
  }
}
