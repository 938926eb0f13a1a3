import { type Accounts, openAccounts } from './accounts.ts'
import { test as base } from './fixtures.ts'

/** Opens the accounts of a service that asks for proof. Who is added has proven the email. */
export async function openProvenAccounts(databaseUrl: string): Promise<Accounts> {
  const accounts = await openAccounts(databaseUrl)
  const { db } = accounts
  return {
    db,
    async add(person) {
      await accounts.add(person)
      await db
        .updateTable('users')
        .set({ email_verified_at: new Date() })
        .where('email', '=', person.email)
        .execute()
    },
    close: () => accounts.close(),
  }
}

/**
 * Tests of the second web app of `stack-setup.ts`, whose service has `verifyingEnv`. It belongs to
 * all of them: a worker with a stack of its own would cost four processor seconds.
 */
export const test = base.extend<{ verifying: Accounts & { url: string } }>({
  baseURL: process.env['TEST_VERIFYING_WEB_URL'] ?? '',
  verifying: async ({ baseURL: url = '' }, use) => {
    const accounts = await openProvenAccounts(process.env['TEST_VERIFYING_DATABASE_URL'] ?? '')
    await use({ url, ...accounts })
    await accounts.close()
  },
})
