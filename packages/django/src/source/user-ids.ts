import { type RawBuilder, sql } from 'kysely'
import { tableSql } from './catalog.ts'
import type { SourceDatabase } from './connect-source.ts'
import type { SourceSchema } from './schema.ts'

/** Returns the highest id that Django gave a user, also one who is gone. */
export async function getHighestId(db: SourceDatabase, schema: SourceSchema): Promise<number> {
  const { users } = schema
  const { rows } = await sql<{ id: string }>`
    select greatest(
      (select max(${sql.id(users.id)}) from ${tableSql(users.table)}),
      pg_sequence_last_value(${sequenceOf(schema)}),
      0)::text as id`.execute(db)
  return Number(rows[0]?.id)
}

/** Moves the sequence of user ids past an id, unless it is past it, or there is no sequence. */
export async function moveIdsPast(db: SourceDatabase, schema: SourceSchema, id: number): Promise<void> {
  await sql`
    select setval(sequence, ${id}) from (select ${sequenceOf(schema)} as sequence) as ids
    where sequence is not null and ${id} > coalesce(pg_sequence_last_value(sequence), 0)`.execute(db)
}

const sequenceOf = ({ users: { id, table } }: SourceSchema): RawBuilder<unknown> =>
  sql`pg_get_serial_sequence(format('%I.%I', ${table.schema}::text, ${table.name}::text), ${id})::regclass`
