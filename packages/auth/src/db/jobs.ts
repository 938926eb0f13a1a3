import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

/** A job for the worker. Jobs are added in the transaction that makes them necessary. */
export type NewJob =
  | { task: 'mail_password_reset'; payload: PasswordResetJob }
  | { task: 'mail_notice'; payload: NoticeJob }
  | { task: 'send_mail'; payload: MailKey }

/** A request for a link that resets a password. `email` is as the person typed it. */
export interface PasswordResetJob {
  /** The id of the mail, so that a job that runs twice writes one mail. */
  mailId: string
  email: string
  browserHash: string | null
  ip: string | null
  userAgent: string | null
}

/** The mails that a user gets without having asked. Each is a template. */
export const notices = [
  'password_changed',
  'password_was_reset',
  'password_set_by_operator',
  'sessions_revoked_by_operator',
  'session_reused',
] as const

export type Notice = (typeof notices)[number]

/** A notice to a user, and the client that did what it tells of. */
export interface NoticeJob {
  /** The id of the mail: one mail has it, however many jobs do. */
  mailId: string
  userId: number
  notice: Notice
  ip: string | null
  userAgent: string | null
}

/** Names a mail: of a user, or of an email that no user has. */
export type MailKey = { id: string; userId: number } | { id: string; email: string }

/**
 * Tries of a job. graphile-worker waits e^n seconds after the n-th, so the tenth comes three and a
 * half hours after the first.
 */
const maxAttempts = 10

/** Adds a job to graphile-worker's queue, whose function `add_job` is its public interface. */
export async function addJob(db: Kysely<Database>, { task, payload }: NewJob): Promise<void> {
  await sql`
    select 1 from graphile_worker.add_job(
      ${task}::text, ${JSON.stringify(payload)}::json, max_attempts => ${maxAttempts}::int
    )`.execute(db)
}
