import { databaseAddress, errorCode } from '@pockitflyer/postgres-pool'
import { SourceError } from '../source-error.ts'

/**
 * Runs a statement on Django's database.
 * @throws {SourceError} for what PostgreSQL or the network said
 */
export async function onSource<Result>(url: string, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run()
  } catch (error) {
    throw toSourceError(error, url)
  }
}

function toSourceError(cause: unknown, url: string): unknown {
  if (!(cause instanceof Error) || cause instanceof SourceError) return cause
  const code = errorCode(cause) ?? ''
  const reason = reasonOf(cause)
  if (code === '42501') {
    return new SourceError(`The source refuses: ${reason}. Grant SELECT on it to the role of --source.`, {
      cause,
    })
  }
  if ('severity' in cause && !/^(08|28|3D|57P)/.test(code)) {
    return new SourceError(`The source refuses: ${reason}`, { cause })
  }
  return new SourceError(`The source cannot be reached at ${databaseAddress(url)}: ${reason}`, { cause })
}

/** For a host with several addresses Node's error has an empty message, and an error for each. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
