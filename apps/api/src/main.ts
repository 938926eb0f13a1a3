import { runServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { letHashesGiveWay } from './give-way.ts'
import { findNotices } from './notices.ts'
import { startApi } from './server.ts'
import { readApiSettings } from './settings.ts'

/** The composition of the API: the one file of this app that reads the environment. */
await runServer({
  name: 'the API',
  readSettings: () => readApiSettings(process.env),
  createLog,
  async start(settings, log) {
    await letHashesGiveWay()
    for (const notice of findNotices(settings)) log.info(notice)
    return startApi(settings, log)
  },
})
