import { type RawBuilder, sql } from 'kysely'
import type { SourceDatabase } from './connect-source.ts'

/** A column of a table. */
export interface Column {
  name: string
  /** As PostgreSQL writes it: `timestamp with time zone`. */
  type: string
  /** Most characters of a text; null: no limit, or no text. */
  maxLength: number | null
  /** Whether a new row must give it a value. */
  isRequired: boolean
}

/** A foreign key of one column. */
interface ForeignKey {
  column: string
  /** The table that it leads to, as `schema.name`. */
  target: string
}

/** A table that this role can see, with what discovery needs to know of it. */
export interface Table {
  schema: string
  name: string
  /** Whether the role may read it. */
  isReadable: boolean
  columns: Column[]
  /** The column of the primary key; null where it has several, or none. */
  key: string | null
  /** Columns that are unique by themselves. */
  unique: string[]
  foreignKeys: ForeignKey[]
}

/** Reads the tables of every schema but PostgreSQL's own, in the order of their names. */
export async function readCatalog(db: SourceDatabase): Promise<Table[]> {
  const { rows } = await sql<Table>`
    select n.nspname as schema, c.relname as name, has_table_privilege(c.oid, 'select') as "isReadable",
      ${columns} as columns, ${singleColumns(sql`i.indisprimary`)}->>0 as key,
      ${singleColumns(sql`i.indisunique and i.indpred is null`)} as unique, ${foreignKeys} as "foreignKeys"
    from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
      and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
    order by 1, 2`.execute(db)
  return rows
}

const columns = sql`(
  select coalesce(json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, null),
      'maxLength', information_schema._pg_char_max_length(a.atttypid, a.atttypmod),
      'isRequired', a.attnotnull and not a.atthasdef and a.attidentity = '') order by a.attnum), '[]')
  from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`

const singleColumns = (condition: RawBuilder<unknown>) => sql`(
  select coalesce(json_agg(a.attname order by a.attnum), '[]')
  from pg_index as i join pg_attribute as a on a.attrelid = c.oid and a.attnum = i.indkey[0]
  where i.indrelid = c.oid and i.indnkeyatts = 1 and i.indisvalid and ${condition})`

const foreignKeys = sql`(
  select coalesce(json_agg(json_build_object('column', a.attname, 'target', rn.nspname || '.' || r.relname) order by a.attnum), '[]')
  from pg_constraint as f
  join pg_attribute as a on a.attrelid = c.oid and a.attnum = f.conkey[1]
  join pg_class as r on r.oid = f.confrelid join pg_namespace as rn on rn.oid = r.relnamespace
  where f.conrelid = c.oid and f.contype = 'f' and cardinality(f.conkey) = 1)`

/** Returns the name of a table by which foreign keys lead to it. */
export const pathOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string => `${schema}.${name}`

/** Returns the name of a table as an operator writes it: without the schema `public`. */
export const showTable = (table: Pick<Table, 'schema' | 'name'>): string =>
  table.schema === 'public' ? table.name : pathOf(table)

/** SQL for a table. */
export const tableSql = ({ schema, name }: Pick<Table, 'schema' | 'name'>) => sql.id(schema, name)

/** Returns the column of a table with this name. */
export const findColumn = (table: Table, name: string): Column | undefined =>
  table.columns.find((column) => column.name === name)
