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
  const inSchema = (name: string) =>
    catalog.find((table) => table.schema === users.table.schema && table.name === name)
  const [outstanding, blacklisted, emailAddresses] = [
    'token_blacklist_outstandingtoken',
    'token_blacklist_blacklistedtoken',
    'account_emailaddress',
  ].map(inSchema)
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

/** A table of two foreign keys, to the users and to `auth_group`. */
function findGroups(catalog: readonly Table[], { table }: UsersTable): GroupTables | undefined {
  const groups = catalog.find(({ schema, name }) => schema === table.schema && name === 'auth_group')
  if (groups === undefined) return undefined
  for (const members of catalog) {
    const user = members.foreignKeys.find(({ target }) => target === pathOf(table))
    const group = members.foreignKeys.find(({ target }) => target === pathOf(groups))
    if (user && group?.column === 'group_id') return { groups, members, user: user.column }
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
