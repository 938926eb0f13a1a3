import { foldEmail, type ImportedUser } from '@pockitflyer/auth/admin'
import { type RawBuilder, sql } from 'kysely'
import { toRoles } from '../roles.ts'
import { SourceError } from '../source-error.ts'
import { tableSql } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
import { instantOf, isInCalendar } from './instant.ts'
import type { SourceSchema } from './schema.ts'

/** Which users to read: those after an id, in the order of ids, or those of some ids. */
export type UserRange = { afterId: number; limit: number } | { ids: readonly number[] }

interface Row {
  id: string
  email: string
  passwordHash: string
  isActive: boolean
  isStaff: boolean
  isSuperuser: boolean
  groups: string[]
  joinedAt: string | null
  lastLoginAt: string | null
  displayName: string | null
  bio: string | null
  verifiedEmails: string[] | null
}

/**
 * Reads users with their profiles, groups and verified emails. Times are text: a JavaScript `Date`
 * has no microseconds.
 * @example const users = await readUsers(source, schema, { afterId: 0, limit: 1000 })
 */
export async function readUsers(
  db: SourceDatabase,
  schema: SourceSchema,
  range: UserRange,
): Promise<ImportedUser[]> {
  const { rows } = await selectUsers(schema, range).execute(db)
  return rows.map(({ id, isStaff, isSuperuser, groups, verifiedEmails, ...user }) => ({
    ...user,
    id: toId(id),
    roles: toRoles({ isStaff, isSuperuser, groups }),
    isEmailVerified: verifiedEmails && hasEmail(verifiedEmails, user.email),
  }))
}

const hasEmail = (emails: readonly string[], email: string) =>
  emails.some((one) => foldEmail(one) === foldEmail(email))

function selectUsers(schema: SourceSchema, range: UserRange): RawBuilder<Row> {
  const { users, profile } = schema
  const id = sql.id('u', users.id)
  const text = (column: string) => sql`coalesce(u.${sql.id(column)}::text, '')`
  const flag = (column: string | undefined, otherwise: boolean) =>
    column === undefined
      ? sql.lit(otherwise)
      : sql`coalesce(u.${sql.id(column)}::text::boolean, ${sql.lit(otherwise)})`
  const ofProfile = (column: string | undefined, otherwise: string) =>
    column === undefined ? sql`null::text` : sql`coalesce(p.${sql.id(column)}::text, ${sql.lit(otherwise)})`
  return sql<Row>`
    select ${id}::text as id, ${text(users.email)} as email, ${text(users.password)} as "passwordHash",
      ${flag(users.isActive, true)} as "isActive", ${flag(users.isStaff, false)} as "isStaff",
      ${flag(users.isSuperuser, false)} as "isSuperuser", ${groupsOf(schema, id)} as groups,
      ${timeOf(schema, users.dateJoined)} as "joinedAt", ${timeOf(schema, users.lastLogin)} as "lastLoginAt",
      ${ofProfile(profile?.displayName, 'Anonymous User')} as "displayName", ${ofProfile(profile?.bio, '')} as bio,
      ${verifiedEmailsOf(schema, id)} as "verifiedEmails"
    from ${tableSql(users.table)} as u ${joinProfile(schema, id)}
    ${
      'ids' in range
        ? sql`where ${id} = any(${range.ids}::bigint[]) order by ${id}`
        : sql`where ${id} > ${range.afterId} order by ${id} limit ${range.limit}`
    }`
}

function joinProfile({ profile }: SourceSchema, id: RawBuilder<unknown>): RawBuilder<unknown> {
  return profile === undefined
    ? sql``
    : sql`left join ${tableSql(profile.table)} as p on ${sql.id('p', profile.user)} = ${id}`
}

function groupsOf({ groups }: SourceSchema, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (groups === undefined) return sql`'{}'::text[]`
  return sql`array(
    select g.name::text from ${tableSql(groups.members)} as m join ${tableSql(groups.groups)} as g on g.id = m.group_id
    where ${sql.id('m', groups.user)} = ${id})`
}

function verifiedEmailsOf({ emailAddresses }: SourceSchema, id: RawBuilder<unknown>): RawBuilder<unknown> {
  if (emailAddresses === undefined) return sql`null::text[]`
  return sql`array(
    select a.email::text from ${tableSql(emailAddresses)} as a where a.user_id = ${id} and a.verified)`
}

/** ISO 8601 in UTC, to the microsecond. */
const isoMicroseconds = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'

function timeOf(schema: SourceSchema, column: string | undefined): RawBuilder<unknown> {
  if (column === undefined) return sql`null::text`
  const time = instantOf(schema, column)
  return sql`case when ${isInCalendar(time)} then to_char(${time} at time zone 'UTC', ${sql.lit(isoMicroseconds)}) end`
}

function toId(text: string): number {
  const id = Number(text)
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new SourceError(`The user id ${text} cannot be kept: ids here are whole numbers from 1 to 2^53 - 1.`)
}
