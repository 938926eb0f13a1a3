import { onTestFinished } from 'vitest'
import { createLog } from '@pockitflyer/server/log'
import { startTestApi } from '../src/testing.ts'

/** Starts the API in this process with the log of the real one. It is gone when the test is. */
export async function startLoggedApi(databaseUrl: string, env: Record<string, string> = {}) {
  let output = ''
  const log = createLog(env['LOG_LEVEL'] ?? 'info', { write: (line) => void (output += line) })
  const api = await startTestApi(databaseUrl, env, log)
  onTestFinished(() => api.stop())
  return { url: api.url, stop: () => api.stop(), output: () => output }
}
