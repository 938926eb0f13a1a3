/** A statement that PostgreSQL answered, without its values. */
export interface Statement {
  sql: string
  durationMs: number
  /** PostgreSQL's SQLSTATE, or the code of a lost connection; `undefined`: it succeeded. */
  errorCode: string | undefined
}

/** The open connections, the idle ones among them, and the statements that wait for one. */
export interface PoolCounts {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}
