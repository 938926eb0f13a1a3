/** A statement that PostgreSQL answered, as it was sent: without its values. */
export interface Statement {
  sql: string
  durationMs: number
  /** PostgreSQL's SQLSTATE, or the code of a lost connection; `undefined`: all went well. */
  errorCode: string | undefined
}

/**
 * How many connections there are, how many of them do nothing, and how many statements wait for
 * one.
 */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}
