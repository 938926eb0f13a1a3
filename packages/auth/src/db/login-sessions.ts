import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { addNewDeviceJob } from './new-devices.ts'
import { insertSession, type NewSession, selectStarted, type StartedValues } from './new-sessions.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { isOutage } from './postgres/outage.ts'
import {
  changesOf,
  type RateLimitChange,
  type RateLimitColumns,
  type RateLimitCount,
  toColumns,
  upsertCounts,
} from './rate-limits.ts'
import type { LiveSession } from './sessions.ts'

/** The start of a session that changed the counts of its login too. */
export interface ClearedStart {
  /** Undefined: the user was deactivated or the password changed. The counts stay as they were. */
  session: LiveSession | undefined
}

/**
 * Starts a session as `updateUserAndInsertSessionAndEvents` does, and changes rate limits if it
 * starts, in one statement: both or neither. Returns `undefined` when PostgreSQL refuses the
 * statement, as it does while it cannot change the counts: then no session was started.
 */
export async function updateUserAndRateLimitsAndInsertSession(
  db: Kysely<Database>,
  { client, rehash, tellsNewDevice, ...session }: NewSession,
  changes: readonly RateLimitChange[],
): Promise<ClearedStart | undefined> {
  const passwordHash = rehash ?? session.checkedHash
  const start = tellsNewDevice ? startSessionAndTell : startSession
  try {
    const [started] = await start(db, { ...session, ...client, passwordHash, ...toColumns(changes) })
    return { session: started }
  } catch (error) {
    if (isOutage(error)) throw error
    return undefined
  }
}

type Values = StartedValues & RateLimitColumns

const startSession = compiledQuery((db, values: Placeholders<Values>) => selectStarted(insert(db, values)))

const startSessionAndTell = compiledQuery((db, values: Placeholders<Values>) =>
  selectStarted(insert(db, values)).select(addNewDeviceJob.as('jobId')),
)

/**
 * The counts wait for the session, and so for the row of the user: every statement takes these
 * locks in the same order.
 */
function insert(db: Kysely<Database>, values: Placeholders<Values>): ReturnType<typeof insertSession> {
  const changes = sql`${changesOf(values)} where exists (select from s)`
  return insertSession(db, values).with('cleared', () => sql<RateLimitCount>`(${upsertCounts(changes)})`)
}
