import { randomUUID } from 'node:crypto'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, createAdmin, migrateToLatest, adminSettings } from '@pockitflyer/auth/admin'
import type { Account } from './clients.ts'

const nobody = { client: { ip: null, userAgent: null } }

/** Migrates a database and adds accounts to it. */
export async function addAccounts(databaseUrl: string, count = 8): Promise<Account[]> {
  const db = connect({ url: databaseUrl })
  const admin = createAdmin(readSettings(adminSettings, {}), { db })
  try {
    await migrateToLatest(db)
    const accounts = Array.from({ length: count }, () => ({
      email: `${randomUUID()}@example.com`,
      password: 'seven ferries at noon',
    }))
    for (const account of accounts) await addUser(admin, nobody, { ...account, is_active: true })
    return accounts
  } finally {
    await db.destroy()
  }
}
