import { endOnUncaughtError } from '@pockitflyer/server'
import { pino } from 'pino'
import { type FlyersServer, startServer } from './server.ts'
import { readSettings } from './settings.ts'

/** How long an error that nothing caught leaves what runs, in milliseconds. */
const uncaughtLimitMs = 15_000

/** The composition of the service. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const started: { server?: FlyersServer } = {}
  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'the flyers service stops')
    await started.server?.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  endOnUncaughtError({ log, stop: async () => started.server?.stop(), limitMs: uncaughtLimitMs })

  const server = await startServer(settings, log)
  started.server = server
  log.info({ url: server.url }, 'the flyers service listens')
}

await main().catch((error: unknown) => {
  process.stderr.write(
    `The flyers service cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
})
