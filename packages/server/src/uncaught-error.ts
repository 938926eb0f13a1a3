import { setTimeout as pause } from 'node:timers/promises'

interface UncaughtErrorOptions {
  log: { fatal(details: object, message: string): void; flush(): void }
  /** Ends what the process does: answers what runs, refuses what comes. */
  stop: () => Promise<void>
  /** How long `stop` may take, in milliseconds. */
  limitMs: number
}

/**
 * The last resort: an error that nothing caught, of a promise too, is logged at `fatal`, requests
 * in flight are finished, and the process exits with 1. What state it is in is unknown, so it does
 * not go on: what supervises it starts another.
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
 * Where it happened and of what kind it is. Its message is left out: a parser quotes what it
 * stumbled over, which may be a password.
 */
function describe(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error }
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  return {
    type: error.name,
    ...('code' in error ? { code: String(error.code) } : {}),
    stack: frames.map((line) => line.trim()).join('\n'),
  }
}
