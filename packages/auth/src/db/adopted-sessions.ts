import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import type { Client } from './events.ts'
import { seconds, toStorableSeconds } from './sessions.ts'

/** A refresh token that the Django service minted, and the session to keep for it. */
export interface AdoptedSession {
  id: string
  userId: number
  jti: string
  /** The token's own `exp`, epoch seconds. */
  exp: number
  /** The token's own `iat`, epoch seconds. */
  iat: number
  maxLifetimeSeconds: number
  client: Client
}

/**
 * Finds the session that adopted this `jti` or makes it, in generation 0. `undefined` when there is no such active user, or all of
 * the user's sessions were ended after the token was minted. The lock on the user waits for such a change and sees it.
 */
export async function insertAdoptedSession(
  db: Kysely<Database>,
  session: AdoptedSession,
): Promise<{ id: string } | undefined> {
  const endsAt = sql<Date>`now() + ${seconds(session.maxLifetimeSeconds)}`
  return db
    .insertInto('sessions')
    .columns(['id', 'user_id', 'expires_at', 'ends_at', 'user_agent', 'ip', 'adopted_jti'])
    .expression((eb) =>
      eb
        .selectFrom('users')
        .select([
          sql<string>`${session.id}::uuid`.as('id'),
          'users.id as user_id',
          sql<Date>`least(to_timestamp(${toStorableSeconds(session.exp)}), ${endsAt})`.as('expires_at'),
          endsAt.as('ends_at'),
          sql<string | null>`${session.client.userAgent}::text`.as('user_agent'),
          sql<string | null>`${session.client.ip}::inet`.as('ip'),
          sql<string>`${session.jti}::text`.as('adopted_jti'),
        ])
        .where('users.id', '=', session.userId)
        .where('users.is_active', '=', true)
        .where((eb) =>
          eb.or([
            eb('users.sessions_ended_at', 'is', null),
            eb('users.sessions_ended_at', '<=', sql<Date>`to_timestamp(${toStorableSeconds(session.iat)})`),
          ]),
        )
        .forShare(),
    )
    .onConflict((conflict) => conflict.column('adopted_jti').doUpdateSet({ adopted_jti: session.jti }))
    .returning('id')
    .executeTakeFirst()
}
