import { MigrationError } from '@pockitflyer/auth/admin'
import { databaseAddress, errorCode } from '@pockitflyer/postgres-pool'
import { Failure } from '../failure.ts'

/** What to say when tables or columns are missing. */
export const schemaIsOld = 'The schema is not up to date. Run: pnpm auth migrate'

const missingTableOrColumn = /^(42P01|42703)$/

/**
 * Connection exceptions and operator intervention (PostgreSQL, Appendix A), and what node-postgres
 * says itself.
 */
const lostConnection = /^(08...|57P0.|ECONNRESET|EPIPE|ETIMEDOUT)$/

/** What to tell the operator of a connection that cannot be had. */
export function unreachable(error: unknown, url: string): Failure {
  return new Failure(`The database cannot be reached at ${databaseAddress(url)}: ${reasonOf(error)}`, {
    cause: error,
  })
}

/** What to tell of an error amid the work; one that is not the database's is returned as it is. */
export function toDatabaseFailure(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error
  if (error instanceof MigrationError) return toMigrationFailure(error)
  const code = errorCode(error) ?? ''
  if (lostConnection.test(code) || error.message.startsWith('Connection terminated'))
    return unreachable(error, url)
  if (missingTableOrColumn.test(code)) return new Failure(schemaIsOld, { cause: error })
  if ('severity' in error) return new Failure(`The database refused: ${error.message}`, { cause: error })
  return error
}

/**
 * A table that a transaction locks for long is no fault of the schema: waiting for it would hold up
 * every login behind it.
 */
function toMigrationFailure({ message, cause }: MigrationError): Failure {
  const isLocked = errorCode(cause) === '55P03'
  const advice = isLocked ? ' A long transaction holds a table: try again when it is over.' : ''
  return new Failure(`${message} PostgreSQL said: ${reasonOf(cause)}.${advice}`, { cause })
}

/**
 * A host with several addresses fails with an error for each and a message of its own that is
 * empty.
 */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
