import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { getCluster, listDistributionSteps, runDistributionStep } from '../db/citus/distribution.ts'
import { isContracted } from '../db/postgres/contract.ts'
import { applicationName, isCitus } from '../db/postgres/engine.ts'
import { withSchemaLock } from '../db/postgres/migrate.ts'
import type { Caller } from '../caller.ts'
import type { Admin } from './admin.ts'

/** The statements of a distribution, in their order, or why there are none. */
export type Distribution = { kind: 'refused'; reason: string } | { kind: 'distributed'; statements: string[] }

/** How to distribute. */
export interface DistributeOptions {
  /** Whether to change nothing and only list the statements. Default: false. */
  isDryRun?: boolean
  /** Called with each statement before it is run. */
  report?: (statement: string) => Promise<void>
}

/**
 * Distributes the tables of a migrated database over the workers of Citus: those of users by user,
 * those of emails by folded email. Runs what is left to do, so that it may be killed and run again,
 * and under the lock of `migrateToLatest`. While a table is copied, every write to it waits.
 * Returns the statements that it ran, none when all was done.
 * @throws {TypeError} a table is distributed in another way
 * @example
 * const distribution = await distribute(admin, operator, { isDryRun: true })
 */
export async function distribute(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { isDryRun = false, report = async () => {} }: DistributeOptions = {},
): Promise<Distribution> {
  return withSchemaLock(db, async (connection) => {
    const reason = await findRefusal(connection)
    if (reason !== undefined) return { kind: 'refused', reason }
    const statements = await listDistributionSteps(connection)
    if (isDryRun) return { kind: 'distributed', statements }
    for (const statement of statements) {
      await report(statement)
      await runDistributionStep(connection, statement)
    }
    return { kind: 'distributed', statements }
  })
}

async function findRefusal(db: Kysely<Database>): Promise<string | undefined> {
  if (!(await isCitus(db)))
    return 'The database has no Citus. Run on the coordinator and on each worker: create extension citus'
  if (!(await isContracted(db)))
    return 'The tables have what only the version before needs. Run: pnpm auth migrate --contract'
  const { isCoordinator, nodes, unfolded, unaware, ...cluster } = await getCluster(db, applicationName)
  if (nodes === 0)
    return "No worker takes shards. Run on the coordinator, for each worker: select citus_add_node('host', 5432)"
  if (!isCoordinator) return 'This server is a worker. Set DATABASE_URL to the coordinator.'
  if (unfolded > 0) return `${unfolded} users have no row in emails. Run: pnpm auth migrate`
  if (cluster.isLedByDjango) return 'Django leads. Run: pnpm auth django switch'
  if (cluster.notesChanges) return 'Changes are noted for Django. Run: pnpm auth django export --remove-feed'
  if (cluster.otherTriggers !== '')
    return `Citus takes no triggers on distributed tables. Drop first: ${cluster.otherTriggers}`
  if (unaware > 0)
    return (
      `${unaware} connections are from before Citus was installed: what they prepared can crash the coordinator. ` +
      'Stop the servers and workers of the service first.'
    )
  return undefined
}
