import { type RawBuilder, sql } from 'kysely'
import { pathOf, type Table, tableSql } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'

/** Rows that go with a user: `TABLE where …`. */
interface Dependent {
  rows: RawBuilder<unknown>
}

/** Tables of known apps whose rows Django deletes with their user. */
const known = /^authtoken_token$|_user_permissions$/

/** Lists the rows that go with some users, in the order of deletion. */
export function listDependents(schema: SourceSchema, ids: readonly number[]): Dependent[] {
  const { users, profile, groups, blacklist, emailAddresses, notMoved } = schema
  const any = sql`any(${ids}::bigint[])`
  const of = (table: Table, column: string) => ({
    rows: sql`${tableSql(table)} where ${sql.id(column)} = ${any}`,
  })
  const through = (table: Table, column: string, owner: Table) => ({
    rows: sql`${tableSql(table)} where ${sql.id(column)} in (select id from ${tableSql(owner)} where user_id = ${any})`,
  })
  const confirmations = notMoved.find(({ name }) => name === 'account_emailconfirmation')
  const others = notMoved
    .filter(({ name }) => known.test(name))
    .flatMap((table) =>
      table.foreignKeys
        .filter(({ target }) => target === pathOf(users.table))
        .map(({ column }) => of(table, column)),
    )
  const listed: (Dependent | undefined)[] = [
    confirmations && emailAddresses && through(confirmations, 'email_address_id', emailAddresses),
    emailAddresses && of(emailAddresses, 'user_id'),
    blacklist && through(blacklist.blacklisted, 'token_id', blacklist.outstanding),
    blacklist && of(blacklist.outstanding, 'user_id'),
    groups && of(groups.members, groups.user),
    ...others,
    profile && profile.table !== users.table ? of(profile.table, profile.user) : undefined,
  ]
  return listed.flatMap((one) => one ?? [])
}
