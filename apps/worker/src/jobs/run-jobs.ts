import { setTimeout as pause } from 'node:timers/promises'
import type { Mailer } from '@pockitflyer/auth/mails'
import { getPool } from '@pockitflyer/auth/mails'
import type { Logger as Log } from '@pockitflyer/server/log'
import { Logger, run, type Runner, type RunnerOptions } from 'graphile-worker'
import { freeJobs } from './free-jobs.ts'
import type { Tasks } from './tasks.ts'

interface JobsOptions {
  tasks: Tasks
  crontab: string
  /** Jobs done at once. */
  concurrency: number
  /** `false`: behind a pooler, which hands on no NOTIFY; the queue is asked every second. */
  prepares: boolean
  log: Log
}

/** Jobs that are done until `stop`. */
export interface Jobs {
  /** Finishes the jobs in hand and takes no more. */
  stop(): Promise<void>
}

/** How often the queue is asked without NOTIFY, in milliseconds. */
const pollInterval = 1000

/** How long to wait for a database that is away, in milliseconds. */
const awayMs = 1000

/** How often jobs of workers that were killed are looked for, in milliseconds. */
const freeMs = 20_000

/**
 * Does the jobs of the queue. Starts again by itself when the database was away, at the start too.
 */
export function runJobs(db: Mailer['db'], { tasks, prepares, log, ...options }: JobsOptions): Jobs {
  const runnerOptions: RunnerOptions = {
    ...options,
    taskList: tasks,
    pgPool: getPool(db),
    noPreparedStatements: !prepares,
    noHandleSignals: true,
    pollInterval,
    logger: toGraphileLogger(log),
  }
  const stopping = new AbortController()
  let runner: Runner | undefined

  async function keepRunning(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        runner = await run(runnerOptions)
        if (stopping.signal.aborted) await runner.stop()
        await runner.promise
      } catch (error) {
        log.warn({ err: error }, 'jobs cannot be done: the database is away or lacks migrations')
      }
      runner = undefined
      await pause(awayMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  async function keepFreeing(): Promise<void> {
    while (!stopping.signal.aborted) {
      const freed = await freeJobs(db, runnerOptions).catch(() => 0) // `keepRunning` tells.
      if (freed > 0) log.warn({ workers: freed }, 'jobs of workers that were killed are done again')
      await pause(freeMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  const ended = Promise.all([keepRunning(), keepFreeing()])
  return {
    async stop() {
      stopping.abort()
      await runner?.stop().catch(() => {}) // It stops already.
      await ended
    },
  }
}

/** Tells the log what graphile-worker tells: its `info` is of each job, ours of none. */
function toGraphileLogger(log: Log): Logger {
  const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'debug' } as const
  return new Logger(({ taskIdentifier, jobId }) => (level, message, meta) => {
    const { error: err } = meta ?? {}
    log[levels[level]]({ task: taskIdentifier, jobId, err }, message)
  })
}
