import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/database.ts'
import { addJob } from '../db/jobs.ts'
import type { Mailer } from './mailer.ts'

/** A kind of job that writes mails: the service adds it, and the worker runs it. */
export interface MailJob<Payload> {
  /** The task that the queue knows it by. A worker takes only tasks that it knows. */
  task: string
  add: (db: Kysely<Database>, payload: Payload) => Promise<void>
  /**
   * Writes the mails. A job that runs twice writes them once.
   * @throws {z.ZodError} for a payload of another form
   */
  run: (mailer: Mailer, payload: unknown) => Promise<void>
}

/** Defines a kind of job. A payload holds no link, no code and no token. */
export function defineMailJob<Payload extends object>(
  task: string,
  schema: z.ZodType<Payload>,
  write: (mailer: Mailer, payload: Payload) => Promise<void>,
): MailJob<Payload> {
  return {
    task,
    add: async (db, payload) => addJob(db, { task, payload }),
    run: async (mailer, payload) => write(mailer, schema.parse(payload)),
  }
}

/** The client that caused a mail, and the id of the mail: one mail has it, however many jobs do. */
export const mailCause = z.object({
  mailId: z.uuid(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  /** The language of the request; without it, that of the user or the usual one. */
  language: z.string().optional(),
})

/** A request for a mail with a link. `email` is as the person typed it. */
export const mailRequest = mailCause.extend({ email: z.string(), browserHash: z.string().nullable() })

export type MailRequest = z.infer<typeof mailRequest>
