import { pino } from 'pino'
import { startServer } from './server.ts'
import { readSettings } from './settings.ts'

/** The composition of the service. */
async function main(): Promise<void> {
  const settings = readSettings(process.env)
  const log = pino({ level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const server = await startServer(settings, log)
  log.info({ url: server.url }, 'the flyers service listens')

  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'the flyers service stops')
    await server.stop()
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

await main().catch((error: unknown) => {
  process.stderr.write(
    `The flyers service cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
  )
  process.exit(1)
})
