import { mailEnv, startTestApi } from '@pockitflyer/testing'
import { migrateToLatest } from '@pockitflyer/auth/admin'
import { openAccounts } from './accounts.ts'
import { prepareMailbox } from './mailbox.ts'
import { startWeb } from './web-server.ts'

/** A web app and its API, on a database that is prepared. */
export interface Stack {
  /** Where the web app listens. */
  url: string
  apiUrl: string
  databaseUrl: string
  stop(): Promise<void>
}

/**
 * The settings of a service that adds an account once its email is proven, and whose old mailbox
 * must agree to another email.
 */
export const verifyingEnv = { EMAIL_VERIFICATION: 'required', EMAIL_CHANGE: 'both' }

/** Makes the tables of a stack, and its mailbox. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  const accounts = await openAccounts(databaseUrl)
  try {
    await migrateToLatest(accounts.db)
    await prepareMailbox(accounts.db)
  } finally {
    await accounts.close()
  }
}

/** Starts an API with these settings, and the built web app in front of it. */
export async function startStack(databaseUrl: string, env: Record<string, string> = {}): Promise<Stack> {
  const api = await startTestApi(databaseUrl, { TRUSTED_PROXIES: 'loopback', ...mailEnv, ...env })
  const web = await startWeb(api.url)
  return {
    url: web.url,
    apiUrl: api.url,
    databaseUrl,
    async stop() {
      await web.stop()
      await api.stop()
    },
  }
}
