import { errorCode } from '@pockitflyer/postgres-pool'
import { sql, type Transaction } from 'kysely'
import { tableSql } from '../source/catalog.ts'
import type { SourceSchema } from '../source/schema.ts'
import { listDependents } from './dependents.ts'
import { withSavepoint } from './savepoint.ts'

/** Why users could not be deleted, by id. */
type Problems = Map<number, string>

/**
 * Deletes users, with the rows of known tables that lead to them. A user to whom another table
 * leads stays, inactive, without a password or an email of a person. Returns why, for
 * each.
 */
export async function deleteUsers(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  ids: readonly number[],
): Promise<Problems> {
  const problems: Problems = new Map()
  if (ids.length === 0) return problems
  if ((await tryDelete(tx, schema, ids)) === undefined) return problems
  for (const id of ids) {
    const referencing = await tryDelete(tx, schema, [id])
    if (referencing === undefined) continue
    problems.set(id, `${referencing} refers to the deleted user: inactive there`)
    await deactivate(tx, schema, id)
  }
  return problems
}

/** Returns the table that leads to one of the users; `undefined`: they are deleted. */
async function tryDelete(
  tx: Transaction<unknown>,
  schema: SourceSchema,
  ids: readonly number[],
): Promise<string | undefined> {
  const { table, id } = schema.users
  return withSavepoint(
    tx,
    async () => {
      for (const { rows } of listDependents(schema, ids)) await sql`delete from ${rows}`.execute(tx)
      await sql`delete from ${tableSql(table)} where ${sql.id(id)} = any(${ids}::bigint[])`.execute(tx)
      return undefined
    },
    findReferencing,
  )
}

/** PostgreSQL names the table of the foreign key that was violated. */
function findReferencing(error: unknown): string | undefined {
  if (errorCode(error) !== '23503') return undefined
  return error instanceof Error && 'table' in error ? String(error.table) : 'Another table'
}

async function deactivate(
  tx: Transaction<unknown>,
  { users: { table, id, email, password, isActive } }: SourceSchema,
  userId: number,
): Promise<void> {
  const active = isActive === undefined ? sql`` : sql`, ${sql.id(isActive)} = false`
  await sql`
    update ${tableSql(table)} set ${sql.id(email)} = ${`deleted-${userId}@pockitflyer.invalid`}, ${sql.id(password)} = '!'${active}
    where ${sql.id(id)} = ${userId}`.execute(tx)
}
