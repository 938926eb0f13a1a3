import type { Statement } from '@pockitflyer/postgres-pool'
import type { Context, Env, MiddlewareHandler } from 'hono'

/** How the watchers of a process read its requests. */
export interface RequestReader<E extends Env> {
  /** The pattern of a request's path: one of few, nothing that a client made up. */
  routeOf: (c: Context<E>) => string
  /** Called before a request is answered with the id of its trace. Default: not called. */
  onTrace?: (c: Context<E>, traceId: string) => void
}

/** A job as its watchers know it. */
export interface Job {
  /** One of few: it becomes a label and the name of a span. */
  name: string
  /** `traceparent` of what caused the job. Default: the job begins a trace. */
  traceparent?: string | undefined
}

/** Watches a process at work: its metrics, or its traces. */
export interface Instrument<E extends Env> {
  /** Sees each request come in and its answer go out, and changes neither. */
  watchRequest: MiddlewareHandler<E>
  /** Runs a job and returns or throws what it does. */
  watchJob<Result>(job: Job, run: () => Promise<Result>): Promise<Result>
  onStatement(statement: Statement): void
  /** Tells what is not told yet, and lets go. */
  stop(): Promise<void>
}
