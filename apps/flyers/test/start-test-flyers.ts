import type { RunningServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { startServer } from '../src/server.ts'
import { readSettings } from '@pockitflyer/flyers/settings'

const log = createLog('silent')

/**
 * Starts the service in this process on a free port, for a test that calls it over HTTP. Its stop
 * is urgent.
 */
export async function startTestFlyers(
  databaseUrl: string,
  apiUrl: string,
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const settings = readSettings({ DATABASE_URL: databaseUrl, API_URL: apiUrl, PORT: '0', ...env })
  const server = await startServer(settings, log)
  return { ...server, stop: () => server.stop({ isUrgent: true }) }
}
