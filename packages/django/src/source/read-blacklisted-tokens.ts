import { sql } from 'kysely'
import { tableSql } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
import type { SourceSchema } from './schema.ts'
import type { BlacklistedToken, Page } from './source.ts'
import { readPayload } from './token-payload.ts'

interface Row {
  id: string
  userId: string | null
  jti: string
  token: string
  createdAt: string
  expiresAt: string
  blacklistedAt: string
}

/**
 * Reads blacklisted tokens that have not expired for a day. SimpleJWT before 5.5 names no user at a
 * token that a rotation blacklisted: then the token itself does.
 */
export async function readBlacklistedTokens(
  db: SourceDatabase,
  { blacklist, timeZone }: SourceSchema,
  { afterId, limit }: Page,
): Promise<BlacklistedToken[]> {
  if (blacklist === undefined) return []
  const { rows } = await sql<Row>`
    select b.id::text as id, o.user_id::text as "userId", o.jti, o.token,
      ${iso('coalesce(o.created_at, b.blacklisted_at)', timeZone)} as "createdAt",
      ${iso('o.expires_at', timeZone)} as "expiresAt", ${iso('b.blacklisted_at', timeZone)} as "blacklistedAt"
    from ${tableSql(blacklist.blacklisted)} as b join ${tableSql(blacklist.outstanding)} as o on o.id = b.token_id
    where b.id > ${afterId} and o.expires_at > now() - interval '1 day'
    order by b.id limit ${limit}`.execute(db)
  return rows.map(toToken)
}

/** Takes a time with or without a zone; the latter is one of the source's own zone. */
const iso = (time: string, timeZone: string) => sql`
  to_char(case pg_typeof(${sql.raw(time)}) when 'timestamptz'::regtype
    then ${sql.raw(time)}::timestamptz else ${sql.raw(time)}::timestamp at time zone ${timeZone} end
    at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`

function toToken({ id, userId, token, ...row }: Row): BlacklistedToken {
  const { user_id, sid } = readPayload(token)
  const user = userId === null ? user_id : Number(userId)
  return {
    id: Number(id),
    token: user === undefined ? undefined : { ...row, userId: user, sessionId: sid ?? null },
  }
}
