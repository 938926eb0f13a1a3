import { setTimeout as pause } from 'node:timers/promises'
import { errorCode } from '@pockitflyer/postgres-pool/error-code'

interface UncaughtErrorOptions {
  log: { fatal(details: object, message: string): void; flush(): void }
  /** Stops the process's work: finishes running requests and refuses new ones. */
  stop: () => Promise<void>
  /** Longest time of `stop`, in milliseconds. */
  limitMs: number
}

/**
 * Logs an uncaught error or rejection at `fatal`, finishes running requests and exits with 1. The
 * state of the process is unknown afterwards, so its supervisor starts another.
 */
export function endOnUncaughtError({ log, stop, limitMs }: UncaughtErrorOptions): void {
  let isEnding = false
  async function end(): Promise<void> {
    isEnding = true
    await Promise.race([stop().catch(() => {}), pause(limitMs)])
    log.flush()
    process.exit(1)
  }
  process.on('uncaughtException', (error: unknown) => {
    log.fatal({ err: describe(error) }, 'an error that nothing caught ends the process')
    if (!isEnding) void end()
  })
}

/**
 * Describes where an error happened and its kind. It leaves out the message: a parser quotes its
 * input, which may hold a password.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = errorCode(error)
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    stack: frames.map((line) => line.trim()).join('\n'),
  }
}
