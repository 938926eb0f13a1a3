import { join } from 'node:path'
import { spawnProgram, type TestProcess } from '@pockitflyer/server/testing'
import { type Logger, pino } from 'pino'
import { type Api, startApi } from './server.ts'
import { readApiSettings } from './settings.ts'

/** The signing key of tests, and of the Django service that the contract was recorded from. */
export const testSecretKey = 'oracle-secret-key-that-is-long-enough-for-hs256-0123456789'

/** Argon2's lowest costs: a hash takes a tenth of a millisecond instead of twenty. */
export const cheapHashes = { memoryKib: 8, timeCost: 1 }

/**
 * Starts the API in this process on a free port, for tests over HTTP. Its hashes are cheap unless
 * `env` has ARGON2_TIME_COST, its log is silent unless one is passed, and its stop is urgent unless
 * asked otherwise.
 */
export async function startTestApi(
  databaseUrl: string,
  env: Record<string, string> = {},
  log: Logger = pino({ level: 'silent' }),
): Promise<Api> {
  const settings = readApiSettings({
    SECRET_KEY: testSecretKey,
    PORT: '0',
    RATE_LIMITS: 'off',
    DATABASE_URL: databaseUrl,
    ...env,
  })
  const hashes = 'ARGON2_TIME_COST' in env ? {} : cheapHashes
  const api = await startApi({ ...settings, passwords: { ...settings.passwords, ...hashes } }, log)
  return { ...api, stop: (options = { isUrgent: true }) => api.stop(options) }
}

/** The API as a process of its own. */
export interface ApiProcess extends Pick<TestProcess, 'pid' | 'output' | 'kill'> {
  url: string
}

/**
 * Starts `main.ts`, on a free port unless `env` has one, and resolves when it listens.
 * @throws {Error} with its output, when it exits before
 */
export async function startApiProcess(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<ApiProcess> {
  const api = spawnProgram(join(import.meta.dirname, 'main.ts'), {
    SECRET_KEY: testSecretKey,
    DATABASE_URL: databaseUrl,
    PORT: '0',
    API_DOCS: 'false',
    RATE_LIMITS: 'off',
    ...env,
  })
  return { ...api, url: await api.listens() }
}
