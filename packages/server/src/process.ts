import type { Logger } from 'pino'
import { ConfigError } from './settings/read-settings.ts'
import { endOnUncaughtError } from './uncaught-error.ts'

/**
 * How long an error that nothing caught leaves what runs, in milliseconds: a stop is done sooner,
 * unless it fails as well.
 */
const uncaughtLimitMs = 15_000

/** A server that listens. */
export interface RunningServer {
  url: string
  /** Where the metrics stand, if they do. */
  metricsUrl?: string | undefined
  /** Finishes what runs. One that `isUrgent` waits for nothing else. */
  stop(options?: { isUrgent?: boolean }): Promise<void>
}

interface ServerProcess<Settings> {
  /** As its log calls it, for example `the API`. */
  name: string
  readSettings: () => Settings
  createLog: (level: string) => Logger
  start: (settings: Settings, log: Logger) => Promise<RunningServer>
}

/**
 * Runs a server as this process: stops it and exits with 0 on SIGINT and SIGTERM, and exits with 1
 * when its settings cannot be used, when it cannot start, and after an error that nothing caught.
 */
export async function runServer<Settings extends { logLevel: string }>(
  program: ServerProcess<Settings>,
): Promise<void> {
  const { name } = program
  await exitOnFailure(name, async () => {
    const settings = program.readSettings()
    const log = program.createLog(settings.logLevel)
    const started: { server?: RunningServer } = {}
    // Before anything is started: as process 1 of a container it would not hear a signal that it
    // has no listener for.
    stopOnSignal(async (signal) => {
      log.info({ signal }, `${name} stops`)
      await started.server?.stop()
      log.info(`${name} has stopped`)
    })
    const stop = async () => started.server?.stop({ isUrgent: true })
    endOnUncaughtError({ log, stop, limitMs: uncaughtLimitMs })
    const server = await program.start(settings, log)
    started.server = server
    log.info({ url: server.url, metricsUrl: server.metricsUrl }, `${name} listens`)
    log.flush()
  })
}

/** Stops and exits with 0 on SIGINT and SIGTERM. Further signals change nothing. */
export function stopOnSignal(stop: (signal: NodeJS.Signals) => Promise<void>): void {
  let isStopping = false
  const onSignal = async (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    await stop(signal)
    process.exit(0)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
}

/** Runs something. When it fails, writes why to standard error and exits with 1. */
export async function exitOnFailure(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    process.stderr.write(`${describe(error, name)}\n`)
    process.exit(1)
  }
}

function describe(error: unknown, name: string): string {
  if (error instanceof ConfigError) return error.message
  const reason = error instanceof Error ? error.message : String(error)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} cannot start: ${reason}`
}
