import { type RawBuilder, sql, type Transaction } from 'kysely'
import { tableSql } from '../source/catalog.ts'
import type { ProfileTable, SourceSchema } from '../source/schema.ts'
import { type Filler, findFillers } from './fillers.ts'

/** Inserts the profiles of given users, or updates them, where they have a table of their own. */
export async function upsertProfiles(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  given: RawBuilder<unknown>,
): Promise<void> {
  const { profile, users } = schema
  if (profile === undefined || profile.table === users.table) return
  const [table, user] = [tableSql(profile.table), sql.id('p', profile.user)]
  const columns = columnsOfProfile(profile)
  await sql`
    update ${table} as p set ${sql.join(columns.map(({ column, value }) => sql`${sql.id(column)} = ${value}`))}
    from ${given} where ${user} = g.id and (${sql.join(columns.map(({ column }) => sql.id('p', column)))})
      is distinct from (${sql.join(columns.map(({ value }) => value))})`.execute(tx)
  const all = [{ column: profile.user, value: sql`g.id` }, ...columns, ...fillersOfProfile(schema)]
  await sql`
    insert into ${table} (${sql.join(all.map(({ column }) => sql.id(column)))})
    select ${sql.join(all.map(({ value }) => value))} from ${given}
    where not exists (select from ${table} as p where ${user} = g.id)`.execute(tx)
}

/** Finds values for what a new profile needs. @throws {SourceError} there is none for a column */
export function fillersOfProfile({ profile, users }: SourceSchema): Filler[] {
  if (profile === undefined || profile.table === users.table) return []
  const given = columnsOfProfile(profile).map(({ column }) => column)
  return findFillers(profile.table, [profile.user, ...given])
}

function columnsOfProfile({ displayName, bio }: ProfileTable): Filler[] {
  const found: [string | undefined, RawBuilder<unknown>][] = [
    [displayName, sql`g."displayName"`],
    [bio, sql`g.bio`],
  ]
  return found.flatMap(([column, value]) => (column === undefined ? [] : [{ column, value }]))
}
