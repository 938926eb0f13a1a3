import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/**
 * A live session of an active user, as the statement that proved it so returned it: what a token
 * pair is minted from. Every time is PostgreSQL's, so that servers whose clocks differ agree.
 */
export interface LiveSession {
  id: string
  userId: number
  email: string
  isEmailVerified: boolean
  generation: number
  /** The `iat` of its refresh token. */
  issuedAt: Date
  expiresAt: Date
  endsAt: Date
  now: Date
}

/** The id of no session. With null instead, Citus would drop the whole join on the user. */
export const noSession = '00000000-0000-0000-0000-000000000000'

/** A span of time as PostgreSQL's `interval`. */
export const seconds = (count: number | RawBuilder<number>): RawBuilder<Date> =>
  sql`make_interval(secs => ${count})`

/** Keeps a time from a token within the range of PostgreSQL's timestamps: 1970 to 5138. */
export function toStorableSeconds(epochSeconds: number): number {
  return Math.max(0, Math.min(epochSeconds, 1e11))
}

/** The columns of a `LiveSession` from `sessions as s`; the email is in `users`. */
export const sessionColumns = [
  's.id',
  's.user_id as userId',
  's.generation',
  sql<Date>`coalesce(s.issued_at, s.rotated_at)`.as('issuedAt'),
  's.expires_at as expiresAt',
  's.ends_at as endsAt',
] as const

/** Whether the user `u` proved to read their email. */
export const isEmailVerified = sql<boolean>`u.email_verified_at is not null`.as('isEmailVerified')

/** The time of the statement, as a `LiveSession` carries it. */
export const now = sql<Date>`now()`.as('now')

/**
 * A live session is not revoked, and neither its sliding nor its absolute end has passed, by
 * PostgreSQL's clock. The column names are unique to `sessions`, so the condition needs no alias.
 */
export const isLive = sql<boolean>`(revoked_at is null and least(expires_at, ends_at) > now())`

/** The same for a refresh token, with an allowance for both ends, in seconds. */
export const isRefreshable = (leewaySeconds: RawBuilder<number>): RawBuilder<boolean> =>
  sql`(revoked_at is null and least(expires_at, ends_at) > now() - make_interval(secs => ${leewaySeconds}))`

/**
 * What an access token needs of its session. The token's own `exp` covers the rest: it may lie
 * after `expires_at`, which ends the refresh token, and a failover may have lost a later one.
 */
export const isUnended = (leewaySeconds: number | RawBuilder<number>): RawBuilder<boolean> =>
  sql`(revoked_at is null and ends_at > now() - make_interval(secs => ${leewaySeconds}::float8))`

/**
 * The start of the generation of a session `s` until a token of it is presented to this service;
 * null from then on. Only a rotation leaves the delivered generation exactly one behind. Any other
 * distance comes from the version before, which does not keep it.
 */
export const undeliveredSince = sql<Date | null>`case
  when s.delivered_generation = s.generation - 1 then s.rotated_at
end`.as('undeliveredSince')

/** A session in any state, with all that decides about it. */
export interface SessionState extends LiveSession {
  isActive: boolean
  isRevoked: boolean
  /** Whether it was not refreshed for too long. */
  hasExpired: boolean
  /** Whether its absolute end has come. */
  hasEnded: boolean
  /** Of the client that refreshed it last. */
  userAgent: string | null
}

/** Finds a session of this user and locks its row until the transaction ends. */
export async function findSessionForUpdate(
  tx: Transaction<Database>,
  { sessionId, userId, leewaySeconds }: { sessionId: string; userId: number; leewaySeconds: number },
): Promise<SessionState | undefined> {
  const latest = sql<Date>`now() - ${seconds(leewaySeconds)}`
  return tx
    .selectFrom('sessions as s')
    .innerJoin('users as u', 'u.id', 's.user_id')
    .select(sessionColumns)
    .select(['u.email', isEmailVerified, now, 'u.is_active as isActive', 's.user_agent as userAgent'])
    .select(sql<boolean>`s.revoked_at is not null`.as('isRevoked'))
    .select(sql<boolean>`s.expires_at <= ${latest}`.as('hasExpired'))
    .select(sql<boolean>`s.ends_at <= ${latest}`.as('hasEnded'))
    .where('s.id', '=', sessionId)
    .where('s.user_id', '=', userId)
    .forUpdate('s')
    .executeTakeFirst()
}

/**
 * Finds a session of this user that an access token may name, and locks its row until the
 * transaction ends.
 */
export async function findLiveSessionForUpdate(
  tx: Transaction<Database>,
  { sessionId, userId, leewaySeconds }: { sessionId: string; userId: number; leewaySeconds: number },
): Promise<{ generation: number; undeliveredSince: Date | null } | undefined> {
  return tx
    .selectFrom('sessions as s')
    .select(['s.generation', undeliveredSince])
    .where('id', '=', sessionId)
    .where('user_id', '=', userId)
    .where(isUnended(leewaySeconds))
    .forUpdate()
    .executeTakeFirst()
}

/** Returns whether a user had a session from this IP address; of IPv6 the first 64 bits count. */
export async function hasSessionFrom(
  db: Kysely<Database>,
  { userId, ip }: { userId: number; ip: string },
): Promise<boolean> {
  const session = await db
    .selectFrom('sessions as s')
    .select('s.id')
    .where('s.user_id', '=', userId)
    .where(
      sql<boolean>`s.ip <<= set_masklen(${ip}::inet, case family(${ip}::inet) when 6 then 64 else 32 end)`,
    )
    .limit(1)
    .executeTakeFirst()
  return session !== undefined
}

/** A token that a blacklist may hold. */
export interface ListedToken {
  userId: number
  /**
   * The session of a token of ours; without it, `jti` names the one that adopted a token of the
   * Django service.
   */
  sessionId: string | undefined
  jti: string
  /** The generation of a refresh token; undefined for an access token, which nothing replaces. */
  generation: number | undefined
}

/** Returns whether the session of a token was revoked, or a newer refresh token replaced it. */
export async function isTokenBlacklisted(
  db: Kysely<Database>,
  { userId, sessionId, jti, generation }: ListedToken,
): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .$if(sessionId !== undefined, (query) => query.where('id', '=', sessionId ?? null))
    .$if(sessionId === undefined, (query) => query.where('adopted_jti', '=', jti))
    .where((eb) => eb.or([eb('revoked_at', 'is not', null), eb('generation', '>', generation ?? null)]))
    .executeTakeFirst()
  return row !== undefined
}
