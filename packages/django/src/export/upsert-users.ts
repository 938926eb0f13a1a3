import type { UserHere } from '@pockitflyer/auth/admin'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import { findColumn, tableSql } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'
import { type Filler, findFillers } from './fillers.ts'
import { givenUsers, timeFor } from './given-users.ts'
import { upsertGroups } from './upsert-groups.ts'
import { fillersOfProfile, upsertProfiles } from './upsert-profiles.ts'
import { upsertVerifiedEmails } from './upsert-verified-emails.ts'

/**
 * Refuses a Django whose tables need values that this service does not have.
 * @throws {SourceError} with the column and the fix
 */
export function assertWritable(schema: SourceSchema): void {
  fillersOfUsers(schema)
  fillersOfProfile(schema)
}

/**
 * Inserts users with their profiles, groups and verified emails, or updates them. A later login
 * there stays.
 * @throws PostgreSQL's data exceptions (22…) and integrity violations (23…): Django cannot have
 *   a user as they are here
 */
export async function upsertUsers(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  users: readonly UserHere[],
): Promise<void> {
  if (users.length === 0) return
  const given = givenUsers(users)
  await upsertRows(tx, schema, given)
  await upsertProfiles(tx, schema, given)
  await upsertGroups(tx, schema, given)
  await upsertVerifiedEmails(tx, schema, given)
}

/**
 * Takes emails there from users of a batch whose emails others of the batch have now: they may
 * exchange them. `upsertUsers` gives each the right one.
 */
export async function freeEmails(
  tx: Transaction<unknown>,
  { users: { table, id, email } }: SourceSchema,
  users: readonly UserHere[],
): Promise<void> {
  const ids = users.map((user) => user.id)
  await sql`
    update ${tableSql(table)} as u set ${sql.id(email)} = 'moved-' || ${sql.id('u', id)} || '@pockitflyer.invalid'
    from ${givenUsers(users)} where ${sql.id('u', email)} = g.email and ${sql.id('u', id)} <> g.id
      and ${sql.id('u', id)} = any(${ids}::bigint[])`.execute(tx)
}

async function upsertRows(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  given: RawBuilder<unknown>,
): Promise<void> {
  const { table, id, lastLogin } = schema.users
  const columns = columnsOfUsers(schema)
  const all = [{ column: id, value: sql`g.id` }, ...columns, ...fillersOfUsers(schema)]
  const changes = columns.map(({ column }) => {
    const excluded = sql.id('excluded', column)
    const value = column === lastLogin ? sql`greatest(${sql.id('u', column)}, ${excluded})` : excluded
    return sql`${sql.id(column)} = ${value}`
  })
  await sql`
    insert into ${tableSql(table)} as u (${sql.join(all.map(({ column }) => sql.id(column)))})
    overriding system value
    select ${sql.join(all.map(({ value }) => value))} from ${given}
    on conflict (${sql.id(id)}) do update set ${sql.join(changes)}`.execute(tx)
}

/** The columns of a user that this service has. A profile may stand in the same row. */
function columnsOfUsers(schema: SourceSchema): Filler[] {
  const { users, profile } = schema
  const { email, password, isActive, isStaff, isSuperuser, dateJoined, lastLogin } = users
  const inRow = profile?.table === users.table ? profile : undefined
  const lastLoginAt =
    lastLogin !== undefined && findColumn(users.table, lastLogin)?.isRequired
      ? sql`coalesce(g."lastLoginAt", g."joinedAt")`
      : sql`g."lastLoginAt"`
  const found: [string | undefined, (column: string) => RawBuilder<unknown>][] = [
    [email, () => sql`g.email`],
    [password, () => sql`g."passwordHash"`],
    [isActive, () => sql`g."isActive"`],
    [isStaff, () => sql`g."isStaff"`],
    [isSuperuser, () => sql`g."isSuperuser"`],
    [dateJoined, (column) => timeFor(schema, column, sql`g."joinedAt"`)],
    [lastLogin, (column) => timeFor(schema, column, lastLoginAt)],
    [inRow?.displayName, () => sql`g."displayName"`],
    [inRow?.bio, () => sql`g.bio`],
  ]
  return found.flatMap(([column, value]) => (column === undefined ? [] : [{ column, value: value(column) }]))
}

function fillersOfUsers(schema: SourceSchema): Filler[] {
  const { table, id } = schema.users
  return findFillers(table, [id, ...columnsOfUsers(schema).map(({ column }) => column)])
}
