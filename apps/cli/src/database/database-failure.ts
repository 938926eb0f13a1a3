import { MigrationError } from '@pockitflyer/auth/admin'
import { databaseAddress, errorCode } from '@pockitflyer/postgres-pool'
import { Failure } from '../failure.ts'

/** The text for missing tables or columns. */
export const schemaIsOld = 'The schema is not up to date. Run: pnpm auth migrate'

const missingTableOrColumn = /^(42P01|42703)$/

/**
 * Connection exceptions and operator intervention (PostgreSQL, Appendix A), and node-postgres's own
 * codes.
 */
const lostConnection = /^(08...|57P0.|ECONNRESET|EPIPE|ETIMEDOUT)$/

/** Returns the failure for a connection that cannot be opened. */
export function unreachable(error: unknown, url: string): Failure {
  return new Failure(`The database cannot be reached at ${databaseAddress(url)}: ${reasonOf(error)}`, {
    cause: error,
  })
}

/** Returns the failure for a database error during the work; other errors unchanged. */
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
 * Explains a lock timeout: a transaction that locks a table for long is no fault of the schema. A
 * longer wait would block every login behind it.
 */
function toMigrationFailure({ message, cause }: MigrationError): Failure {
  const isLocked = errorCode(cause) === '55P03'
  const advice = isLocked ? ' A long transaction holds a table: try again when it is over.' : ''
  return new Failure(`${message} PostgreSQL said: ${reasonOf(cause)}.${advice}`, { cause })
}

/**
 * For a host with several addresses Node's error has an empty message, and one error for each
 * address.
 */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
