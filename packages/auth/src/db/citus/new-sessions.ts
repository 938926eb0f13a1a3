import { type Kysely, sql } from 'kysely'
import { insertEvent } from '../auth-events.ts'
import type { Database } from '../database.ts'
import { addJob } from '../jobs.ts'
import { isSameNetwork, newDeviceTask } from '../new-devices.ts'
import type { NewSession } from '../new-sessions.ts'
import type { LegacySession } from '../adopted-sessions.ts'
import { revokeDue, selectSurplus } from '../session-revocation.ts'
import { isEmailVerified, type LiveSession, seconds, toStorableSeconds } from '../sessions.ts'
import { insertRevocationEvents } from './session-revocation.ts'
import { inTransaction } from './transaction.ts'

/**
 * Starts a session as on PostgreSQL, in one transaction of statements that each go to the user's
 * shard: what a CTE changed, Citus hands on by way of the coordinator.
 */
export async function updateUserAndInsertSessionAndEvents(
  db: Kysely<Database>,
  session: NewSession,
): Promise<LiveSession | undefined> {
  const { id, userId, client } = session
  return inTransaction(db, async (tx) => {
    const isNew = session.tellsNewDevice && (await isNewDevice(tx, session))
    const user = await updateUser(tx, session)
    if (user === undefined) return undefined
    const started = await insertSession(tx, session)
    await insertEvent(tx, { kind: 'login', userId, sessionId: id, client })
    await revokeSurplus(tx, session)
    if (isNew) await addJob(tx, { task: newDeviceTask, payload: { mailId: id, userId, ...client } })
    return { ...started, ...user }
  })
}

/** Whether the user had logged in before, but with no session like this one. */
async function isNewDevice(db: Kysely<Database>, { userId, client }: NewSession): Promise<boolean> {
  const { rows } = await sql`
    select u.id from users u
    where u.id = ${userId} and u.last_login_at is not null and not exists (
      select 1 from sessions known
      where known.user_id = ${userId} and known.user_agent is not distinct from ${client.userAgent}::text
        and ${isSameNetwork(sql.ref('known.ip'), sql`${client.ip}::inet`)})`.execute(db)
  return rows.length > 0
}

async function updateUser(db: Kysely<Database>, { userId, checkedHash, rehash }: NewSession) {
  return db
    .updateTable('users as u')
    .set({ last_login_at: sql`now()`, password_hash: rehash ?? checkedHash })
    .where('u.id', '=', userId)
    .where('u.is_active', '=', true)
    .where('u.password_hash', '=', checkedHash)
    .returning(['u.email', isEmailVerified])
    .executeTakeFirst()
}

async function insertSession(db: Kysely<Database>, session: NewSession) {
  const { lifetimeSeconds, maxLifetimeSeconds, client } = session
  const shorter = Math.min(lifetimeSeconds, maxLifetimeSeconds)
  return db
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      expires_at: sql<Date>`now() + ${seconds(shorter)}`,
      ends_at: sql<Date>`now() + ${seconds(maxLifetimeSeconds)}`,
      issued_at: sql<Date>`least(now(), ${session.clock}::timestamptz)`,
      user_agent: client.userAgent,
      ip: client.ip,
    })
    .returning(['id', 'user_id as userId', 'generation', sql<Date>`issued_at`.as('issuedAt')])
    .returning(['expires_at as expiresAt', 'ends_at as endsAt', 'created_at as now'])
    .executeTakeFirstOrThrow()
}

type Surplus = Pick<NewSession, 'id' | 'userId' | 'sessionsPerUser' | 'client'>

async function revokeSurplus(
  tx: Kysely<Database>,
  { id, userId, sessionsPerUser, client }: Surplus,
): Promise<void> {
  const surplus = selectSurplus(sql`${userId}`, sql`${sessionsPerUser}`, sql`s.id <> ${id}`)
  const because = 'session_limit'
  const { rows } = await sql<{ id: string }>`
    with due as ${surplus} ${revokeDue(sql`${userId}`, because)}`.execute(tx)
  await insertRevocationEvents(tx, { userId, client, because, sessionIds: rows.map((row) => row.id) })
}

/** Adopts a token of the Django service as on PostgreSQL, in one transaction. */
export async function importLegacySessionAndEvents(
  db: Kysely<Database>,
  session: LegacySession,
): Promise<{ id: string } | undefined> {
  return inTransaction(db, async (tx) => {
    if (!(await lockAdopter(tx, session))) return undefined
    const adopted = await insertAdopted(tx, session)
    // A token that was adopted before starts no session.
    if (adopted.id === session.id) await revokeSurplus(tx, session)
    return adopted
  })
}

async function lockAdopter(db: Kysely<Database>, { userId, iat }: LegacySession): Promise<boolean> {
  const { rows } = await sql`
    select id from users
    where id = ${userId} and is_active
      and (sessions_ended_at is null or sessions_ended_at <= to_timestamp(${toStorableSeconds(iat)}))
    for share`.execute(db)
  return rows.length > 0
}

async function insertAdopted(db: Kysely<Database>, session: LegacySession): Promise<{ id: string }> {
  const { maxLifetimeSeconds, client } = session
  const endsAt = sql<Date>`now() + ${seconds(maxLifetimeSeconds)}`
  return db
    .insertInto('sessions')
    .values({
      id: session.id,
      user_id: session.userId,
      expires_at: sql`least(to_timestamp(${toStorableSeconds(session.exp)}), ${endsAt})`,
      ends_at: endsAt,
      user_agent: client.userAgent,
      ip: client.ip,
      adopted_jti: session.jti,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'adopted_jti'])
        .where('adopted_jti', 'is not', null)
        .doUpdateSet((eb) => ({ adopted_jti: eb.ref('excluded.adopted_jti') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}
