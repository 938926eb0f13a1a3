import type { HttpBindings } from '@hono/node-server'
import type { Statement } from '@pockitflyer/auth'
import type { RequestContext } from '@pockitflyer/auth/http'
import type { MiddlewareHandler } from 'hono'

/** What each request carries through the app. */
export interface AppEnv {
  Bindings: HttpBindings
  Variables: { context: RequestContext }
}

/** Sees each request come in and its answer go out, and changes neither. */
export type Watcher = MiddlewareHandler<AppEnv>

/** Watches the API at work. */
export interface Instrumentation {
  watchRequest: Watcher
  onStatement(statement: Statement): void
  /** Tells what is not told yet, and lets go. */
  stop(): Promise<void>
}
