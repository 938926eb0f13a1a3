import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { type EmailKeys, toKeys } from './emails.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import {
  type RateLimitChange,
  type RateLimitColumns,
  type RateLimitCount,
  toColumns,
  upsertCounts,
} from './rate-limits.ts'
import { findUserByEmail, selectUserByEmail, toUser, type UserToAuthenticate } from './users.ts'

/** A change of a count by a login. */
export interface LoginChange extends RateLimitChange {
  /**
   * Whether the change is made only if the device token counts, or only if it does not. Default:
   * made in any case.
   */
  ifKnownDevice?: boolean | undefined
}

/** A login to count, and whose user to find. */
export interface LoginToCount {
  changes: readonly LoginChange[]
  email: string
  /** The user that a genuine device token was issued to, and the time. */
  token: { userId: number; issuedAt: Date } | undefined
}

/** What counting a login found out. */
export interface CountedUser {
  /** The counts that were changed, in any order. */
  counts: RateLimitCount[]
  user: UserToAuthenticate | undefined
  /** Whether the device token is of this user, from after the last change of the password. */
  isKnownDevice: boolean
}

/**
 * Counts a login and finds the user that its email names. One statement, unless a server of the
 * version before has just added a user.
 */
export async function upsertRateLimitsAndFindUser(
  db: Kysely<Database>,
  { changes, email, token }: LoginToCount,
): Promise<CountedUser> {
  const [row] = await countLogin(db, {
    ...toColumns(changes),
    ...toKeys(email),
    ifKnownDevice: changes.map((change) => change.ifKnownDevice ?? null),
    tokenUserId: token?.userId ?? null,
    tokenIssuedAt: token?.issuedAt ?? null,
  })
  if (row === undefined) throw new Error('PostgreSQL returned no row for a login')
  const { counts, isKnownDevice, ...found } = row
  const user = found.hasUnfolded ? await findUserByEmail(db, email) : toUser(found)
  return { counts, isKnownDevice, user }
}

interface LoginValues extends RateLimitColumns, EmailKeys {
  ifKnownDevice: (boolean | null)[]
  tokenUserId: number | null
  tokenIssuedAt: Date | null
}

/** A token holds milliseconds: it may be a part of one older than a change just before it. */
const countLogin = compiledQuery((db, values: Placeholders<LoginValues>) => {
  const isKnownDevice = sql<boolean>`coalesce(
    found.id = ${values.tokenUserId}::bigint
    and date_trunc('milliseconds', found."passwordChangedAt") <= ${values.tokenIssuedAt}::timestamptz, false)`
  return db
    .with('found', (cte) => selectUserByEmail(cte, values))
    .with('counted', () => sql<RateLimitCount>`(${upsertCounts(conditionalChanges(values, isKnownDevice))})`)
    .selectFrom('found')
    .selectAll('found')
    .select(isKnownDevice.as('isKnownDevice'))
    .select(sql<RateLimitCount[]>`coalesce((select json_agg(counted) from counted), '[]')`.as('counts'))
})

function conditionalChanges(values: Placeholders<LoginValues>, isKnownDevice: RawBuilder<boolean>) {
  return sql`
    select key, by, window_ms
    from unnest(${values.keys}::text[], ${values.bys}::int[], ${values.windowsMs}::bigint[], ${values.ifKnownDevice}::boolean[])
      as c (key, by, window_ms, if_known)
    where if_known is null or if_known = (select ${isKnownDevice} from found)`
}
