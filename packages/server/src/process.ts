import type { Logger } from 'pino'
import { SettingsError } from './settings/read-settings.ts'
import { endOnUncaughtError } from './uncaught-error.ts'

/**
 * Longest time between an uncaught error and the exit, in milliseconds. A stop is quicker unless it
 * fails too.
 */
const uncaughtLimitMs = 15_000

/** A server that listens. */
export interface RunningServer {
  url: string
  /** The URL of the metrics, where they are served. */
  metricsUrl?: string | undefined
  /** Finishes running requests. With `isUrgent` it skips every other wait. */
  stop(options?: { isUrgent?: boolean }): Promise<void>
}

interface ServerProcess<Settings> {
  /** The name in the log, for example `the API`. */
  name: string
  readSettings: () => Settings
  createLog: (level: string) => Logger
  start: (settings: Settings, log: Logger) => Promise<RunningServer>
}

/**
 * Runs a server as this process. On SIGINT and SIGTERM it stops the server and exits with 0. It
 * exits with 1 for unusable settings, a failed start or an uncaught error.
 */
export async function runServer<Settings extends { logLevel: string }>(
  program: ServerProcess<Settings>,
): Promise<void> {
  const { name } = program
  await exitOnFailure(name, async () => {
    const settings = program.readSettings()
    const log = program.createLog(settings.logLevel)
    const started: { server?: RunningServer } = {}
    // Listens before anything starts: process 1 of a container ignores signals without a listener.
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

/** Runs a function. When it fails, writes the reason to standard error and exits with 1. */
export async function exitOnFailure(name: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    process.stderr.write(`${describe(error, name)}\n`)
    process.exit(1)
  }
}

function describe(error: unknown, name: string): string {
  if (error instanceof SettingsError) return error.message
  const reason = error instanceof Error ? error.message : String(error)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} cannot start: ${reason}`
}
