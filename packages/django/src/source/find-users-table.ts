import type { Mapping } from '../mapping.ts'
import { SourceError } from '../source-error.ts'
import { findColumn, showTable, type Table } from './catalog.ts'
import type { UsersTable } from './schema.ts'

export const emailNames = ['email', 'email_address', 'mail', 'username']
export const joinedNames = ['date_joined', 'joined_at', 'created_at', 'date_created', 'created']

/**
 * Finds the table of AUTH_USER_MODEL: Django's AbstractBaseUser gives it `password` and
 * `last_login`.
 * @throws {SourceError} no such table, or several; a column is missing; the key is no number
 */
export function findUsersTable(catalog: readonly Table[], mapping: Mapping): UsersTable {
  const { users } = mapping
  const table = users.table === undefined ? findCandidate(catalog) : getTable(catalog, users.table)
  const isTime = (name: string) => /^(?:timestamp|date)/.test(findColumn(table, name)?.type ?? '')
  return {
    table,
    id: getNumericKey(table),
    email: users.email ? getColumn(table, users.email) : getEmail(table),
    password: getColumn(table, users.password ?? 'password'),
    isActive: optionalColumn(table, users.is_active, ['is_active']),
    isStaff: optionalColumn(table, users.is_staff, ['is_staff']),
    isSuperuser: optionalColumn(table, users.is_superuser, ['is_superuser']),
    dateJoined: optionalColumn(table, users.date_joined, joinedNames.filter(isTime)),
    lastLogin: optionalColumn(table, users.last_login, ['last_login'].filter(isTime)),
  }
}

function findCandidate(catalog: readonly Table[]): Table {
  const candidates = catalog.filter(
    (table) => ['password', 'last_login'].every((name) => findColumn(table, name)) && findEmail(table),
  )
  const [table, ...others] = candidates
  if (table === undefined) {
    throw new SourceError(
      'No table of the source looks like the users of a Django service: none has the columns password, last_login and email. ' +
        'Is it the right database? Otherwise name the table with --users-table, and its columns with --mapping.',
    )
  }
  if (others.length > 0) {
    const names = candidates.map(showTable).join(', ')
    throw new SourceError(
      `Several tables of the source can hold the users: ${names}. Name one with --users-table.`,
    )
  }
  return table
}

/**
 * Returns a table that an operator named, with or without its schema.
 * @throws {SourceError} there is none, or several schemas have one
 */
export function getTable(catalog: readonly Table[], named: string): Table {
  const found = catalog.filter((table) => [table.name, `${table.schema}.${table.name}`].includes(named))
  const [table, ...others] = found
  if (table === undefined) throw new SourceError(`The source has no table ${named}.`)
  if (others.length > 0) {
    const names = found.map(({ schema, name }) => `${schema}.${name}`).join(', ')
    throw new SourceError(`Several schemas of the source have the table ${named}: name one of ${names}.`)
  }
  return table
}

const numbers = new Set(['smallint', 'integer', 'bigint'])

function getNumericKey(table: Table): string {
  const key = table.key === null ? undefined : findColumn(table, table.key)
  if (key === undefined) {
    throw new SourceError(`The table ${showTable(table)} has no primary key of one column.`)
  }
  if (!numbers.has(key.type)) {
    throw new SourceError(
      `The primary key ${key.name} of ${showTable(table)} is of the type ${key.type}. The service keeps the ids of users, and its ids are whole numbers.`,
    )
  }
  return key.name
}

/**
 * Returns the name of a column that must be there.
 * @throws {SourceError} it is not
 */
export function getColumn(table: Table, name: string): string {
  if (findColumn(table, name)) return name
  const columns = table.columns.map((column) => column.name).join(', ')
  throw new SourceError(`The table ${showTable(table)} has no column ${name}. Its columns: ${columns}.`)
}

const findEmail = (table: Table) => emailNames.find((name) => findColumn(table, name))

function getEmail(table: Table): string {
  return findEmail(table) ?? getColumn(table, 'email')
}

/**
 * Returns the named column, else the first of the usual names; `undefined`: none, or the mapping
 * says so with null.
 * @throws {SourceError} the named column is not there
 */
export function optionalColumn(
  table: Table,
  named: string | null | undefined,
  usual: readonly string[],
): string | undefined {
  if (named === null) return undefined
  return named === undefined ? usual.find((name) => findColumn(table, name)) : getColumn(table, named)
}
