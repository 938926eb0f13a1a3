import { type RawBuilder, sql } from 'kysely'
import { SourceError } from '../source-error.ts'
import { type Column, showTable, type Table, tableSql } from '../source/catalog.ts'

/** A column of a new row, and SQL for its value. */
export interface Filler {
  column: string
  value: RawBuilder<unknown>
}

const texts = new Set(['character varying', 'text', 'character'])

/**
 * Finds values for the columns that a new row needs and this service does not have: an empty text,
 * `false`, and for a `username` the email, or `user-ID` where the email is taken or too long.
 * @throws {SourceError} there is no such value for a column
 */
export function findFillers(table: Table, given: readonly string[]): Filler[] {
  return table.columns
    .filter(({ name, isRequired }) => isRequired && !given.includes(name))
    .map((column) => ({ column: column.name, value: getFiller(table, column) }))
}

function getFiller(table: Table, { name, type, maxLength }: Column): RawBuilder<unknown> {
  const isUnique = table.unique.includes(name)
  if (type === 'boolean') return sql`false`
  if (name === 'username' && texts.has(type)) return usernameIn(table, maxLength)
  if (texts.has(type) && !isUnique) return sql`''`
  const [shown, path] = [showTable(table), `${showTable(table)}.${name}`]
  throw new SourceError(
    `A new row of ${shown} needs a value for ${path} (${type}), which this service does not have. ` +
      (isUnique
        ? `Let it be empty: alter table ${shown} alter column ${name} drop not null`
        : `Name one there: alter table ${shown} alter column ${name} set default …`),
  )
}

const usernameIn = (table: Table, maxLength: number | null) => sql`
  case when g.email <> '' and char_length(g.email) <= ${maxLength ?? 150}
    and not exists (select from ${tableSql(table)} as other where other.username = g.email)
  then g.email else 'user-' || g.id end`
