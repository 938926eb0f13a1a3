import { runServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { startServer } from './server.ts'
import { readSettings } from './settings.ts'

/** The composition of the service. */
await runServer({
  name: 'the flyers service',
  readSettings: () => readSettings(process.env),
  createLog,
  start: startServer,
})
