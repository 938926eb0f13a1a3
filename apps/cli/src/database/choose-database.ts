import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'

/** A database to connect to, and the function that releases it after the command. */
export interface ChosenDatabase {
  url: string
  stop: () => Promise<void>
}

/**
 * Returns the database of DATABASE_URL or, outside production, the development database: the
 * running server of `pnpm dev`, or its data in a server for this command. Reports the development
 * database on stderr.
 */
export async function chooseDatabase(cli: Cli): Promise<ChosenDatabase> {
  const { databaseUrl } = cli.readSettings()
  if (databaseUrl !== undefined) return { url: databaseUrl, stop: () => Promise.resolve() }
  await cli.stderr.print([
    `DATABASE_URL is not set: using the development database in ${cli.developmentDataDir}`,
  ])
  return startDevelopmentDatabase(cli.developmentDataDir)
}

/**
 * Imports the package only here: with DATABASE_URL, no embedded PostgreSQL needs to be installed,
 * and an installation for production has none.
 */
async function startDevelopmentDatabase(dataDir: string): Promise<ChosenDatabase> {
  try {
    const { startPostgres } = await import('@pockitflyer/postgres')
    return await startPostgres({ dataDir, database: 'pockitflyer' })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure(`The development database did not start. Set DATABASE_URL, or see: ${reason}`, {
      cause,
    })
  }
}
