import { errorCode } from './error-code.ts'

/**
 * Returns whether an error means that PostgreSQL is out of reach or out of resources for now, and
 * the statement is not at fault: a retry in a moment may succeed.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = errorCode(error) ?? ''
  return outageStates.test(code) || networkCodes.has(code) || driverMessages.test(error.message)
}

/**
 * SQLSTATEs: no connection (08), not let in (28, 3D000: the database is gone), read-only after a
 * failover (25006), out of disk, memory or connections (53), shut down or out of time (57), an
 * error of the disk (58030).
 */
const outageStates = /^(08...|28...|3D000|25006|53...|57...|58030)$/

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

/** Messages of `pg` and its pool that carry no code. */
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error)/
