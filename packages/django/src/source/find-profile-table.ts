import type { Mapping } from '../mapping.ts'
import { SourceError } from '../source-error.ts'
import { findColumn, pathOf, showTable, type Table } from './catalog.ts'
import { getColumn, getTable, optionalColumn } from './find-users-table.ts'
import type { ProfileTable, UsersTable } from './schema.ts'

export const displayNames = ['display_name', 'displayname', 'full_name', 'name', 'nickname']
export const bioNames = ['bio', 'about', 'biography', 'description']

/**
 * Finds the table of profiles: its one-to-one key leads to the users, and it has a column for the
 * display name or the bio. Without such a table the users table is searched for the two columns;
 * `undefined`: profiles are not moved.
 * @throws {SourceError} several tables can hold the profiles; a named table or column is not
 *   there
 */
export function findProfileTable(
  catalog: readonly Table[],
  users: UsersTable,
  { profile }: Mapping,
): ProfileTable | undefined {
  if (profile === null) return undefined
  const table = profile.table === undefined ? findCandidate(catalog, users) : getTable(catalog, profile.table)
  const found = {
    table,
    user: profile.user ? getUniqueColumn(table, profile.user) : getUserKey(table, users),
    displayName: optionalColumn(table, profile.display_name, displayNames),
    bio: optionalColumn(table, profile.bio, bioNames),
  }
  return found.displayName === undefined && found.bio === undefined ? undefined : found
}

function findCandidate(catalog: readonly Table[], users: UsersTable): Table {
  const candidates = catalog.filter(
    (table) =>
      oneToOneKey(table, users) && [...displayNames, ...bioNames].some((name) => findColumn(table, name)),
  )
  const [table = users.table, ...others] = candidates
  if (others.length > 0) {
    const names = candidates.map(showTable).join(', ')
    throw new SourceError(
      `Several tables of the source can hold the profiles: ${names}. Name one with --profile-table.`,
    )
  }
  return table
}

/** Two profiles of one user could not be told apart. */
function getUniqueColumn(table: Table, name: string): string {
  const column = getColumn(table, name)
  if (table.key === column || table.unique.includes(column)) return column
  throw new SourceError(
    `The column ${name} of ${showTable(table)} has no unique index: a user could have two profiles.`,
  )
}

function getUserKey(table: Table, users: UsersTable): string {
  if (table === users.table) return users.id
  const key = oneToOneKey(table, users)
  if (key !== undefined) return key
  throw new SourceError(
    `No column of ${showTable(table)} is unique and leads to ${showTable(users.table)}. Name it in the mapping file: {"profile": {"user": "user_id"}}.`,
  )
}

const oneToOneKey = (table: Table, users: UsersTable) =>
  table.foreignKeys.find(
    ({ column, target }) => target === pathOf(users.table) && table.unique.includes(column),
  )?.column
