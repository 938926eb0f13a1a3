import type { Cli } from '../cli.ts'
import { Failure } from '../failure.ts'

/** A database to connect to, and what to do when the command is done with it. */
export interface ChosenDatabase {
  url: string
  stop: () => Promise<void>
}

/**
 * The database in DATABASE_URL or, outside production, the development database: the server that
 * `pnpm dev` runs, or the same data for the time of this command. Says on stderr when it is that
 * one.
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
 * The import waits until it is needed: where DATABASE_URL is set, no embedded PostgreSQL has to be
 * there.
 */
async function startDevelopmentDatabase(dataDir: string): Promise<ChosenDatabase> {
  const { startPostgres } = await import('@pockitflyer/postgres')
  try {
    return await startPostgres({ dataDir, database: 'pockitflyer' })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure(`The development database did not start: ${reason}`, { cause })
  }
}
