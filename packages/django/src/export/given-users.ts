import type { UserHere } from '@pockitflyer/auth/admin'
import { type RawBuilder, sql } from 'kysely'
import { fromRoles } from '../roles.ts'
import { findColumn } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'
import { toDjangoHash } from './to-django.ts'

/** SQL for a table `g` of the users to write, one row for each. */
export function givenUsers(users: readonly UserHere[]): RawBuilder<unknown> {
  const rows = users.map(({ roles, passwordHash, ...user }) => ({
    ...user,
    ...fromRoles(roles),
    passwordHash: toDjangoHash(passwordHash),
  }))
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as g (
    id bigint, email text, "passwordHash" text, "isActive" boolean, "isStaff" boolean, "isSuperuser" boolean, groups text[],
    "joinedAt" timestamptz, "lastLoginAt" timestamptz, "isEmailVerified" boolean, "displayName" text, bio text)`
}

/** SQL for a time of `g`, as a column of the users holds it. */
export function timeFor(
  { users, timeZone }: SourceSchema,
  column: string,
  time: RawBuilder<unknown>,
): RawBuilder<unknown> {
  const hasZone = findColumn(users.table, column)?.type === 'timestamp with time zone'
  return hasZone ? time : sql`(${time} at time zone ${timeZone})`
}
