import { sql } from 'kysely'

/**
 * What makes a session live: nobody ended it, and neither its sliding nor its absolute end has come, by PostgreSQL's clock. No
 * other table has these columns, so the condition fits every statement that names `sessions`.
 */
export const isLive = sql<boolean>`(revoked_at is null and least(expires_at, ends_at) > now())`
