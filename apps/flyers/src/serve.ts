import { runServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { startServer } from './server.ts'
import { readSettings } from '@pockitflyer/flyers/settings'

/** Serves the flyers in this process, with the settings of an environment. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  await runServer({
    name: 'the flyers service',
    readSettings: () => readSettings(env),
    createLog,
    start: startServer,
  })
}
