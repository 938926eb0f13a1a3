import type { Caller } from '../caller.ts'
import { type EmailCollision, listEmailCollisions } from '../db/emails.ts'
import { listRegularJobs, type RegularJob } from '../db/jobs.ts'
import { type EventMonths, getEventMonths } from '../db/postgres/event-months.ts'
import { findWaitingMails, type WaitingMails } from '../db/mail-lists.ts'
import { getUserIdState, type UserIdState } from '../db/new-users.ts'
import { type HashKind, listHashKinds as selectHashKinds } from '../db/password-hashes.ts'
import { type ChangedCollation, listChangedCollations } from '../db/postgres/collations.ts'
import { isContracted } from '../db/postgres/contract.ts'
import { findPendingMigrations } from '../db/postgres/migrate.ts'
import { getServerFacts, type ServerFacts } from '../db/postgres/server-facts.ts'
import type { Admin } from './admin.ts'

/** The state of a database. */
export interface DatabaseState {
  server: ServerFacts
  /** How far the clock of the database is ahead of this machine's. */
  skewSeconds: number
  pendingMigrations: string[]
  /** Whether the tables have nothing that only the version before needs. */
  isContracted: boolean
  changedCollations: ChangedCollation[]
  /** What can be read once no migration is pending. */
  users:
    | {
        ids: UserIdState
        emailCollisions: EmailCollision[]
        waitingMails: WaitingMails
        eventMonths: EventMonths
        /** What the worker does regularly, and when it did so last. */
        regularJobs: RegularJob[]
      }
    | undefined
}

/**
 * Inspects a database and changes nothing.
 * @example
 * const { pendingMigrations, skewSeconds } = await inspectDatabase(admin, operator)
 */
export async function inspectDatabase({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<DatabaseState> {
  const startedAt = Date.now()
  const server = await getServerFacts(db)
  const middle = (startedAt + Date.now()) / 2
  const pendingMigrations = await findPendingMigrations(db)
  const isMigrated = pendingMigrations.length === 0
  return {
    server,
    skewSeconds: (server.now.getTime() - middle) / 1000,
    pendingMigrations,
    isContracted: await isContracted(db),
    changedCollations: await listChangedCollations(db),
    users: isMigrated
      ? {
          ids: await getUserIdState(db),
          emailCollisions: await listEmailCollisions(db),
          eventMonths: await getEventMonths(db),
          waitingMails: await findWaitingMails(db),
          regularJobs: await listRegularJobs(db),
        }
      : undefined,
  }
}

/**
 * Lists the kinds of stored hashes. Reads every account.
 * @example
 * const kinds = await listHashKinds(admin, operator)
 */
export async function listHashKinds({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<HashKind[]> {
  return selectHashKinds(db)
}
