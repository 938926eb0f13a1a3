import { type Kysely, sql } from 'kysely'
import { type ClientInfo, eventColumns } from './auth-events.ts'
import type { Database } from './database.ts'
import { revokeSurplus, selectSurplus, surplusEvents } from './session-revocation.ts'
import { seconds, toStorableSeconds } from './sessions.ts'

/** A refresh token that the Django service minted, and the session to keep for it. */
export interface LegacySession {
  id: string
  userId: number
  jti: string
  /** The token's own `exp`, epoch seconds. */
  exp: number
  /** The token's own `iat`, epoch seconds. */
  iat: number
  maxLifetimeSeconds: number
  sessionsPerUser: number
  client: ClientInfo
}

/**
 * Finds the session that adopted this `jti` or inserts it, in generation 0, and revokes those of
 * the user that it leaves no room for. Returns `undefined` if there is no such active user, or if
 * all of the user's sessions were revoked after the token was issued. The lock on the user waits
 * for such a change.
 */
export async function importLegacySessionAndEvents(
  db: Kysely<Database>,
  session: LegacySession,
): Promise<{ id: string } | undefined> {
  const endsAt = sql<Date>`now() + ${seconds(session.maxLifetimeSeconds)}`
  return (
    db
      .with('u', (cte) =>
        cte
          .selectFrom('users')
          .select('id')
          .where('id', '=', session.userId)
          .where('is_active', '=', true)
          .where((eb) =>
            eb.or([
              eb('sessions_ended_at', 'is', null),
              eb('sessions_ended_at', '<=', sql<Date>`to_timestamp(${toStorableSeconds(session.iat)})`),
            ]),
          )
          .forShare(),
      )
      .with('s', (cte) =>
        cte
          .insertInto('sessions')
          .columns(['id', 'user_id', 'expires_at', 'ends_at', 'user_agent', 'ip', 'adopted_jti'])
          .expression((eb) =>
            eb
              .selectFrom('u')
              .select([
                sql<string>`${session.id}::uuid`.as('id'),
                'u.id as user_id',
                sql<Date>`least(to_timestamp(${toStorableSeconds(session.exp)}), ${endsAt})`.as('expires_at'),
                endsAt.as('ends_at'),
                sql<string | null>`${session.client.userAgent}::text`.as('user_agent'),
                sql<string | null>`${session.client.ip}::inet`.as('ip'),
                sql<string>`${session.jti}::text`.as('adopted_jti'),
              ]),
          )
          .onConflict((conflict) =>
            conflict
              .columns(['user_id', 'adopted_jti'])
              .where('adopted_jti', 'is not', null)
              .doUpdateSet({ adopted_jti: session.jti }),
          )
          .returning(['id', 'ip', 'user_agent']),
      )
      .with('due', () => selectSurplus(sql`${session.userId}`, sql`${session.sessionsPerUser}`))
      // A token that was adopted before starts no session.
      .with('surplus', () =>
        revokeSurplus(sql`${session.userId}`, sql`exists (select from s where s.id = ${session.id}::uuid)`),
      )
      .with('event', (cte) => cte.insertInto('auth_events').columns(eventColumns).expression(surplusEvents))
      .selectFrom('s')
      .select('s.id')
      .executeTakeFirst()
  )
}

/**
 * Returns whether an insertion failed on the index of the version before, which `migrate
 * --contract` drops: concurrent adoptions may meet there, and so do equal ids of two users.
 */
export function isAdoptedByVersionBefore(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'sessions_adopted_jti_key'
}
