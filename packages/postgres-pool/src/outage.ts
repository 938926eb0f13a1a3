/**
 * Whether an error says that PostgreSQL is out of reach or out of room for now, rather than that
 * our statement is wrong: sent again in a moment, the same request may be served.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
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

/** What `pg` and its pool say without a code. */
const driverMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|Client has encountered a connection error)/
