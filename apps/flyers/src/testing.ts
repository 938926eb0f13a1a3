import { pino } from 'pino'
import { type FlyersServer, startServer } from './server.ts'
import { readSettings } from './settings.ts'

/** Starts the service in this process on a free port, for a test that calls it over HTTP. */
export async function startTestFlyers(databaseUrl: string, apiUrl: string): Promise<FlyersServer> {
  const settings = readSettings({ DATABASE_URL: databaseUrl, API_URL: apiUrl, PORT: '0' })
  return startServer(settings, pino({ level: 'silent' }))
}
