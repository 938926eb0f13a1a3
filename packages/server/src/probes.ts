import { isReadOnly } from '@pockitflyer/postgres-pool'
import type { Context, Env, Hono } from 'hono'

export interface Probes {
  /**
   * Returns the migrations that the database lacks. Throws when the database does not answer or
   * accepts no writes.
   */
  findPendingMigrations: () => Promise<string[]>
  /** The command that applies them. */
  migrate: string
  /** Whether the server is about to refuse requests, so that balancers should stop sending them. */
  isStopping?: () => boolean
}

/**
 * Adds the two probes. `/healthz` answers 200 while the process lives. `/readyz` answers 200 while
 * the database answers, accepts writes and has the schema of this version; else 503 with the
 * reason.
 */
export function addProbes<E extends Env>(app: Hono<E>, probes: Probes): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }))
  app.get('/readyz', (c) =>
    probes.isStopping?.() === true ? refuse(c, 'The server stops.') : answerReadiness(c, probes),
  )
}

async function answerReadiness(c: Context, probes: Probes): Promise<Response> {
  try {
    const pending = await probes.findPendingMigrations()
    if (pending.length === 0) return c.json({ status: 'ok' })
    return refuse(c, `The database lacks migrations. Run: ${probes.migrate}`, { pending })
  } catch (error) {
    return refuse(c, `The database ${isReadOnly(error) ? 'takes no writes' : 'cannot be reached'}.`)
  }
}

function refuse(c: Context, reason: string, details: object = {}): Response {
  return c.json({ status: 'unavailable', reason, ...details }, 503)
}
