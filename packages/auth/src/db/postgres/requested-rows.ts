import { type AliasedRawBuilder, sql } from 'kysely'
import { placeholder } from './compiled-query.ts'

/** A column: its PostgreSQL type, and its value for one key. */
type Column<Key> = readonly [type: string, valueOf: (key: Key) => unknown]

/** A row: a value for each column, and the place of its key, from 1. */
type Row<Columns> = {
  [Name in keyof Columns]: Columns[Name] extends readonly [string, (key: never) => infer Value]
    ? Value
    : never
} & { ordinality: number }

/** The keys of a batch as a table of a compiled query. */
interface RequestedRows<Key, Columns> {
  table: AliasedRawBuilder<Row<Columns>, 'requested'>
  /** Returns what the compiled query is sent with: for each column the values of all keys. */
  toValues(keys: readonly Key[]): Record<string, unknown[]>
}

/**
 * Declares the table `requested` of a batch: each column once.
 * @example
 * const requested = requestedRows<{ id: number }>()({ user_id: ['bigint', ({ id }) => id] })
 */
export function requestedRows<Key>() {
  return <Columns extends Record<string, Column<Key>>>(columns: Columns): RequestedRows<Key, Columns> => {
    const entries = Object.entries<Column<Key>>(columns)
    const arrays = entries.map(([name, [type]]) => sql`${placeholder(name)}::${sql.raw(type)}[]`)
    const names = [...Object.keys(columns), 'ordinality'].map((name) => sql.ref(name))
    return {
      table: sql<Row<Columns>>`unnest(${sql.join(arrays)}) with ordinality`.as<'requested'>(
        sql`requested (${sql.join(names)})`,
      ),
      toValues: (keys) => Object.fromEntries(entries.map(([name, [, valueOf]]) => [name, keys.map(valueOf)])),
    }
  }
}
