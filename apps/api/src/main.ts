import { ConfigError } from '@pockitflyer/auth'
import { endOnUncaughtError } from '@pockitflyer/server'
import { letHashesGiveWay } from './give-way.ts'
import { createLog } from './log.ts'
import { findNotices } from './notices.ts'
import { type Api, startApi } from './server.ts'
import { type ApiSettings, readApiSettings } from './settings.ts'

/**
 * How long an error that nothing caught leaves what runs, in milliseconds: a stop is done sooner,
 * unless it fails as well.
 */
const uncaughtLimitMs = 15_000

/** The composition of the API: the one file of this app that reads the environment. */
async function main(): Promise<void> {
  const settings = readSettingsOrExit()
  const log = createLog(settings.logLevel)
  const started: { api?: Api } = {}
  let isStopping = false
  const stop = async (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'the API stops')
    await started.api?.stop()
    log.info('the API has stopped')
    process.exit(0)
  }
  // Before anything is started: as process 1 of a container it would not hear a signal that it has
  // no listener for.
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  endOnUncaughtError({
    log,
    stop: async () => started.api?.stop({ isUrgent: true }),
    limitMs: uncaughtLimitMs,
  })

  await letHashesGiveWay()
  const api = await startApi(settings, log)
  started.api = api
  log.info({ url: api.url, metricsUrl: api.metricsUrl }, 'the API listens')
  for (const notice of findNotices(settings)) log.info(notice)
  log.flush()
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
