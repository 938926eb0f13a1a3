import type { Mapping } from '../mapping.ts'
import { SourceError } from '../source-error.ts'
import { pathOf, showTable, type Table } from './catalog.ts'
import { findProfileTable } from './find-profile-table.ts'
import { findUsersTable } from './find-users-table.ts'
import type { GroupTables, ProfileTable, SourceSchema, UsersTable } from './schema.ts'

/**
 * Finds the tables of a Django service in the catalog of its database. What the mapping names is
 * taken from there.
 * @throws {SourceError} no table, or several, can hold the users; a named table or column is not
 *   there; the role may not read a table
 */
export function findSchema(catalog: readonly Table[], mapping: Mapping): SourceSchema {
  const users = findUsersTable(catalog, mapping)
  const profile = findProfileTable(catalog, users, mapping)
  const groups = findGroups(catalog, users)
  const outstanding = findLeading(catalog, 'token_blacklist_outstandingtoken', users.table)
  const blacklisted = outstanding && findLeading(catalog, 'token_blacklist_blacklistedtoken', outstanding)
  const emailAddresses = findLeading(catalog, 'account_emailaddress', users.table)
  const blacklist = outstanding && blacklisted ? { outstanding, blacklisted } : undefined
  const moved = [users.table, profile?.table, groups?.groups, groups?.members, outstanding, blacklisted]
  const schema = {
    users,
    profile,
    groups,
    blacklist,
    emailAddresses,
    notMoved: listNotMoved(catalog, users, new Set([...moved, emailAddresses])),
    columnsNotMoved: listColumnsNotMoved(users, profile),
    timeZone: mapping.time_zone,
  }
  assertReadable([...moved, emailAddresses])
  return schema
}

/** Of the tables of this name, the one whose key leads to another, else the one in its schema. */
function findLeading(catalog: readonly Table[], named: string, to: Table): Table | undefined {
  const tables = catalog.filter(({ name }) => name === named)
  return (
    tables.find(({ foreignKeys }) => foreignKeys.some(({ target }) => target === pathOf(to))) ??
    tables.find(({ schema }) => schema === to.schema)
  )
}

/** A table of two foreign keys, to the users and to `auth_group`, which may be in other schemas. */
function findGroups(catalog: readonly Table[], { table }: UsersTable): GroupTables | undefined {
  for (const members of catalog) {
    const user = members.foreignKeys.find(({ target }) => target === pathOf(table))
    const key = members.foreignKeys.find(({ column }) => column === 'group_id')
    const groups = catalog.find((other) => other.name === 'auth_group' && pathOf(other) === key?.target)
    if (user && groups) return { groups, members, user: user.column }
  }
  return undefined
}

/** Apps whose tables belong to users, though no key need lead from each to them. */
const userApps =
  /^(otp_|mfa_|two_factor_|socialaccount_|social_auth_|account_|authtoken_|webauthn_|djoser_|oauth2_provider_)/

function listNotMoved(
  catalog: readonly Table[],
  { table }: UsersTable,
  moved: ReadonlySet<Table | undefined>,
): Table[] {
  const belongs = ({ name, foreignKeys }: Table) =>
    userApps.test(name) || foreignKeys.some(({ target }) => target === pathOf(table))
  return catalog.filter((other) => !moved.has(other) && belongs(other))
}

function listColumnsNotMoved({ table, ...columns }: UsersTable, profile: ProfileTable | undefined): string[] {
  const ofProfile = profile?.table === table ? [profile.displayName, profile.bio] : []
  const moved = new Set<string | undefined>([...Object.values(columns), ...ofProfile])
  return table.columns.map(({ name }) => name).filter((name) => !moved.has(name))
}

function assertReadable(tables: readonly (Table | undefined)[]): void {
  const refused = tables.filter((table) => table?.isReadable === false).flatMap((table) => table ?? [])
  if (refused.length === 0) return
  const names = refused.map(showTable).join(', ')
  throw new SourceError(
    `The role of --source may not read ${names}. Run there: grant select on ${names} to the role of --source`,
  )
}
