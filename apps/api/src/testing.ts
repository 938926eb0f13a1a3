import { pino } from 'pino'
import { type Api, startApi } from './server.ts'
import { readApiSettings } from './settings.ts'

/** The key that tests sign with, and the Django service that the contract was recorded from. */
export const testSecretKey = 'oracle-secret-key-that-is-long-enough-for-hs256-0123456789'

/** Starts the API in this process on a free port, for a test that calls it over HTTP. */
export async function startTestApi(databaseUrl: string, env: Record<string, string> = {}): Promise<Api> {
  const settings = readApiSettings({
    SECRET_KEY: testSecretKey,
    PORT: '0',
    RATE_LIMITS: 'off',
    DATABASE_URL: databaseUrl,
    ...env,
  })
  return startApi(settings, pino({ level: 'silent' }))
}
