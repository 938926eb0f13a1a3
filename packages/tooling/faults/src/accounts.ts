import { randomUUID } from 'node:crypto'
import {
  addUser,
  connect,
  createPasswords,
  migrateToLatest,
  passwordSettings,
  readSettings,
} from '@pockitflyer/auth'
import type { Account } from './clients.ts'

const nobody = { ip: null, userAgent: null }

/** Migrates a database and adds so many accounts to it. */
export async function addAccounts(databaseUrl: string, count = 8): Promise<Account[]> {
  const db = connect({ url: databaseUrl })
  const passwords = createPasswords(readSettings(passwordSettings, {}))
  try {
    await migrateToLatest(db)
    const accounts = Array.from({ length: count }, () => ({
      email: `${randomUUID()}@example.com`,
      password: 'seven ferries at noon',
    }))
    for (const account of accounts) await addUser({ db, passwords }, { ...account, is_active: true }, nobody)
    return accounts
  } finally {
    await db.destroy()
  }
}
