import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/** A refresh token that Django blacklisted. Times are ISO 8601 in UTC. */
export interface DeadToken {
  userId: number
  jti: string
  /** The session of a token that this service minted; null: Django minted it. */
  sessionId: string | null
  createdAt: string
  expiresAt: string
  blacklistedAt: string
}

/**
 * Lets tokens stay dead that Django blacklisted: each has a revoked session that adopted it, as if
 * it had been presented here and logged out. A session that lives on a token is revoked. Tokens of
 * unknown users are left out. Returns how many sessions were inserted or revoked.
 */
export async function insertDeadTokens(
  tx: Transaction<Database>,
  tokens: readonly DeadToken[],
): Promise<number> {
  const { rows } = await sql`
    with given as (
      select * from json_to_recordset(${JSON.stringify(tokens)}::json) as given ("userId" bigint, jti text, "sessionId" uuid,
        "createdAt" timestamptz, "expiresAt" timestamptz, "blacklistedAt" timestamptz)
    ), ended as (
      update sessions as s set revoked_at = "blacklistedAt", revoked_because = 'logout'
      from given where s.user_id = given."userId" and s.id = given."sessionId" and s.revoked_at is null
      returning s.id
    ), adopted as (
      insert into sessions (id, user_id, created_at, rotated_at, last_used_at, expires_at, ends_at, revoked_at,
        revoked_because, adopted_jti)
      select distinct on (users.id, jti) gen_random_uuid(), users.id, "createdAt", "createdAt", "createdAt", "expiresAt",
        "expiresAt", "blacklistedAt", 'logout', jti
      from given join users on users.id = given."userId" where "sessionId" is null
      on conflict (user_id, adopted_jti) where adopted_jti is not null
      do update set revoked_at = excluded.revoked_at, revoked_because = excluded.revoked_because
      where sessions.revoked_at is null
      returning id
    )
    select id from ended union all select id from adopted`.execute(tx)
  return rows.length
}

/** Counts those of some blacklisted tokens that no session lives on. */
export async function countDeadTokens(db: Kysely<Database>, tokens: readonly DeadToken[]): Promise<number> {
  const { rows } = await sql<{ dead: number }>`
    select count(*) as dead
    from json_to_recordset(${JSON.stringify(tokens)}::json) as given ("userId" bigint, jti text, "sessionId" uuid)
    where not exists (select from users where id = "userId") or exists (
      select from sessions as s where s.user_id = "userId" and s.revoked_at is not null
        and case when "sessionId" is null then s.adopted_jti = jti else s.id = "sessionId" end)`.execute(db)
  return rows[0]?.dead ?? 0
}
