import { runServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { lowerHashThreadPriority } from './lower-hash-thread-priority.ts'
import { findNotices } from './notices.ts'
import { startApi } from './server.ts'
import { readApiSettings } from './settings.ts'

/** Serves the API in this process, with the settings of an environment. */
export async function serve(env: NodeJS.ProcessEnv): Promise<void> {
  await runServer({
    name: 'the API',
    readSettings: () => readApiSettings(env),
    createLog,
    async start(settings, log) {
      await lowerHashThreadPriority()
      for (const notice of findNotices(settings)) log.info(notice)
      return startApi(settings, log)
    },
  })
}
