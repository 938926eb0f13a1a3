import { type RawBuilder, sql, type Transaction } from 'kysely'
import { type ClientInfo, eventColumns, sessionEvent } from './auth-events.ts'
import type { Database, RevocationReason } from './database.ts'
import { isLive, isUnended } from './sessions.ts'

/** Which sessions of a user to revoke, and what the audit says. */
export interface Revocation {
  because: RevocationReason
  client: ClientInfo
  userId: number
  sessionId?: string | undefined
  /** A session that goes on. */
  exceptSessionId?: string | undefined
}

/**
 * Most sessions that one statement revokes. Five thousand, each with its event, take a tenth of a
 * second.
 */
export const batchSize = 5000

/**
 * Revokes live sessions of a user and appends an event for each. Returns how many. One statement
 * revokes at most five thousand, so that none runs out of time. Expired sessions are revoked too,
 * without an event: their access tokens may still be valid. A logout revokes the session of a token
 * that was accepted, even if PostgreSQL's clock says that it has expired.
 */
export async function revokeSessionsAndInsertEvents(
  tx: Transaction<Database>,
  revocation: Revocation,
): Promise<number> {
  return inBatches(tx, revocation, revokeBatch)
}

/** Revokes the expired sessions, and then batches of the others until one is not full. */
export async function inBatches(
  tx: Transaction<Database>,
  revocation: Revocation,
  revokeBatch: (tx: Transaction<Database>, revocation: Revocation) => Promise<number>,
): Promise<number> {
  if (revocation.because !== 'logout') await revokeExpired(tx, revocation)
  let [total, revoked] = [0, 0]
  do {
    revoked = await revokeBatch(tx, revocation)
    total += revoked
  } while (revoked === batchSize)
  return total
}

async function revokeExpired(tx: Transaction<Database>, revocation: Revocation): Promise<void> {
  await tx
    .updateTable('sessions')
    .set({ revoked_at: sql`now()`, revoked_because: revocation.because })
    .where(isUnended(0))
    .where('expires_at', '<=', sql<Date>`now()`)
    .where(isIncluded(revocation))
    .execute()
}

async function revokeBatch(tx: Transaction<Database>, revocation: Revocation): Promise<number> {
  const { because, client, userId } = revocation
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .with('due', () => selectDue(revocation))
    .with('revoked', () => sql<{ id: string; user_id: number }>`(${revokeDue(sql`${userId}`, because)})`)
    .insertInto('auth_events')
    .columns(eventColumns)
    .expression((eb) =>
      eb
        .selectFrom('revoked')
        .select(
          because === 'logout'
            ? sessionEvent('logout', client, sql`null::jsonb`)
            : sessionEvent('session_revoked', client, sql`jsonb_build_object('because', ${because}::text)`),
        ),
    )
    .executeTakeFirstOrThrow()
  return Number(numInsertedOrUpdatedRows)
}

/** Selects and locks the next batch of the sessions to revoke. */
export const selectDue = (revocation: Revocation) => sql<{ id: string }>`(
  select id from sessions where ${revocation.because === 'logout' ? isUnrevoked : isLive} and ${isIncluded(revocation)}
  limit ${batchSize} for update
)`

const isUnrevoked = sql<boolean>`revoked_at is null`

/** Whether a session is one of those to revoke: all of the user's, one, or all but one. */
function isIncluded({ userId, sessionId, exceptSessionId }: Revocation): RawBuilder<boolean> {
  if (sessionId !== undefined) return sql`user_id = ${userId} and id = ${sessionId}`
  if (exceptSessionId !== undefined) return sql`user_id = ${userId} and id != ${exceptSessionId}`
  return sql`user_id = ${userId}`
}

/**
 * Revokes the user's sessions of the CTE `due (id)`, if `condition` holds. The array makes
 * PostgreSQL look each id up. Where statistics know of one session, it compared all with all: ten
 * thousand took 11 s.
 */
export const revokeDue = (
  userId: RawBuilder<number>,
  because: RevocationReason,
  condition: RawBuilder<boolean> = sql`true`,
) => sql<{ id: string; user_id: number }>`
  update sessions set revoked_at = now(), revoked_because = ${because}
  where user_id = ${userId} and id = any(array(select id from due)) and ${condition} returning id, user_id`

/**
 * Selects the live sessions `s` of this user that one more session leaves no room for, if
 * `condition` holds: the least recently used. Skips a session that another transaction has locked:
 * it is in use, and no two statements wait for each other. The next login revokes what stayed.
 */
export const selectSurplus = (
  userId: RawBuilder<number>,
  sessionsPerUser: RawBuilder<number>,
  condition: RawBuilder<boolean> = sql`exists (select from u)`,
) => sql<{ id: string }>`(
  select id from sessions where user_id = ${userId} and id in (
    select id from (
      select s.id, s.last_used_at from sessions s
      where s.user_id = ${userId} and ${condition} and s.revoked_at is null and least(s.expires_at, s.ends_at) > now()
      order by s.last_used_at desc, s.id offset ${sessionsPerUser}::int - 1
    ) surplus
    order by last_used_at limit ${sql.lit(batchSize)}
  ) for update skip locked
)`

/** Revokes what `selectSurplus` found, the CTE `due (id)`, if `condition` holds. */
export const revokeSurplus = (userId: RawBuilder<number>, condition?: RawBuilder<boolean>) =>
  sql<{ id: string; user_id: number }>`(${revokeDue(userId, 'session_limit', condition)})`

interface SurplusEvent {
  kind: 'session_revoked'
  user_id: number
  id: string
  ip: string | null
  user_agent: string | null
  detail: string | null
}

/** The values of `eventColumns` for each session of the CTE `surplus`, by the client of `s`. */
export const surplusEvents = sql<SurplusEvent>`
  select 'session_revoked', surplus.user_id, surplus.id, s.ip, s.user_agent, jsonb_build_object('because', 'session_limit') from s, surplus`
