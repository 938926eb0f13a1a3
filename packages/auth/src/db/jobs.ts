import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

/** A job for the worker. Jobs are added in the transaction that makes them necessary. */
export interface NewJob {
  task: string
  /** JSON. Never a link, a code or a token. */
  payload: object
}

/** Names a mail: of a user, or of an email that no user has. */
export type MailKey = { id: string; userId: number } | { id: string; email: string }

/**
 * Tries of a job. graphile-worker waits e^n seconds after the n-th, so the tenth comes three and a
 * half hours after the first.
 */
export const maxAttempts = 10

/** Adds a job to graphile-worker's queue, whose function `add_job` is its public interface. */
export async function addJob(db: Kysely<Database>, { task, payload }: NewJob): Promise<void> {
  await sql`
    select 1 from graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts}::int
    )`.execute(db)
}

/** What cron adds to the queue. */
export interface RegularJob {
  task: string
  /** When a worker that does it first started. */
  knownSince: Date
  /** When it was added last; null: never. */
  lastAt: Date | null
}

/**
 * Lists what cron adds, by name. graphile-worker has no public view of it, and has kept this table
 * since its version 0.6.
 */
export async function listRegularJobs(db: Kysely<Database>): Promise<RegularJob[]> {
  const { rows } = await sql<RegularJob>`
    select identifier as task, known_since as "knownSince", last_execution as "lastAt"
    from graphile_worker._private_known_crontabs order by identifier`.execute(db)
  return rows
}
