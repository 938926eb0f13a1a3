import { connect, type ConnectOptions } from '@pockitflyer/auth'
import { type Admin, createAdmin, findPendingMigrations } from '@pockitflyer/auth/admin'
import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'
import { chooseDatabase } from './choose-database.ts'
import { schemaIsOld, toDatabaseFailure, unreachable } from './database-failure.ts'

type Work<Result> = (admin: Admin) => Promise<Result>

/**
 * Runs work on the database and closes everything after it.
 * @throws {Failure} the database cannot be reached, or lacks migrations
 */
export async function withDatabase<Result>(cli: Cli, work: Work<Result>): Promise<Result> {
  return withAnySchema(cli, async (admin) => {
    if ((await findPendingMigrations(admin.db)).length > 0) throw new Failure(schemaIsOld)
    return work(admin)
  })
}

/**
 * Does the same without a check of the schema, for the command that migrates it. Connects without
 * start-up parameters unless told otherwise.
 * @throws {Failure} the database cannot be reached
 */
export async function withAnySchema<Result>(
  cli: Cli,
  work: Work<Result>,
  options: Omit<ConnectOptions, 'url'> = { prepares: false },
): Promise<Result> {
  const { url, stop } = await chooseDatabase(cli)
  const db = connect({ ...options, url })
  try {
    await db
      .connection()
      .execute(async () => {})
      .catch((error: unknown) => {
        throw unreachable(error, url)
      })
    return await work(createAdmin(cli.readSettings(), { db }))
  } catch (error) {
    throw toDatabaseFailure(error, url)
  } finally {
    await db.destroy()
    await stop()
  }
}
