export {
  databaseAddress,
  type DatabaseUrl,
  findDatabaseUrlProblem,
  parseDatabaseUrl,
} from './database-url.ts'
export { errorCode } from './error-code.ts'
export { isOutage } from './outage.ts'
export { createPool, type PoolOptions } from './pool.ts'
export { isReadOnly, refuseReadOnly } from './read-only.ts'
export type { PoolCounts, Statement } from './watch.ts'
