import { ConfigError } from '@pockitflyer/auth'
import { letHashesGiveWay } from './give-way.ts'
import { createLog } from './log.ts'
import { findNotices } from './notices.ts'
import { startApi } from './server.ts'
import { type ApiSettings, readApiSettings } from './settings.ts'

/** The composition of the API: the one file of this app that reads the environment. */
async function main(): Promise<void> {
  const settings = readSettingsOrExit()
  const log = createLog(settings.logLevel)
  await letHashesGiveWay()
  const api = await startApi(settings, log)
  log.info({ url: api.url, metricsUrl: api.metricsUrl }, 'the API listens')
  for (const notice of findNotices(settings)) log.info(notice)
  log.flush()

  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'the API stops')
    await api.stop()
    log.info('the API has stopped')
    process.exit(0)
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
}

function readSettingsOrExit(): ApiSettings {
  try {
    return readApiSettings(process.env)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  }
}

await main().catch((error: unknown) => {
  process.stderr.write(`The API cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
