import { type RawBuilder, sql } from 'kysely'

/**
 * What makes a session live: nobody ended it, and neither its sliding nor its absolute end has
 * come, by PostgreSQL's clock. No other table has these columns, so the condition fits every
 * statement that names `sessions`.
 */
export const isLive = sql<boolean>`(revoked_at is null and least(expires_at, ends_at) > now())`

/** The same for a refresh token, whose times may be judged with an allowance, in seconds. */
export const isRefreshable = (leewaySeconds: RawBuilder<number>): RawBuilder<boolean> =>
  sql`(revoked_at is null and least(expires_at, ends_at) > now() - make_interval(secs => ${leewaySeconds}))`

/**
 * What an access token needs of its session. The token's own `exp` says the rest: it may lie beyond
 * `expires_at`, which is the end of the refresh token, and a failover may have lost a later one.
 */
export const isUnended = (leewaySeconds: number | RawBuilder<number>): RawBuilder<boolean> =>
  sql`(revoked_at is null and ends_at > now() - make_interval(secs => ${leewaySeconds}::float8))`
