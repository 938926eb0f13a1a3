import { randomUUID } from 'node:crypto'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin, distribute, migrateToLatest } from '@pockitflyer/auth/admin'
import type { Account } from './clients.ts'

const nobody = { client: { ip: null, userAgent: null } }

/** Migrates a database of Citus and distributes its tables. */
export async function distributeAccounts(databaseUrl: string): Promise<void> {
  const db = connect({ url: databaseUrl })
  try {
    await migrateToLatest(db)
    const distribution = await distribute({ db }, nobody)
    if (distribution.kind === 'refused') throw new Error(distribution.reason)
  } finally {
    await db.destroy()
  }
}

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
