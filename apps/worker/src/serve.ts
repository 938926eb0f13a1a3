import { runServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { readWorkerSettings } from './settings/settings.ts'
import { startWorker } from './worker.ts'

/** Runs the worker as this process, with the settings of an environment. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  await runServer({
    name: 'the worker',
    readSettings: () => readWorkerSettings(env),
    createLog,
    start: startWorker,
  })
}
