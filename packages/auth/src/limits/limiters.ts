import { CompiledQuery, type Kysely } from 'kysely'
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
} from 'rate-limiter-flexible'
import type { Database } from '../db/database.ts'

/** How often within how many seconds. */
export interface Rate {
  count: number
  seconds: number
}

/** Where counts are kept: in PostgreSQL, or in Redis where there is a client of it. */
export interface LimitStore {
  db: Kysely<Database>
  /** A client of the package `redis`, connected. */
  redis?: object | undefined
}

/** Makes limiters by name. */
export type MakeLimiter = (name: string, rate: Rate) => RateLimiterAbstract

/** Limiters of this process alone: they ask nobody. */
export const inMemory: MakeLimiter = (keyPrefix, { count: points, seconds: duration }) =>
  new RateLimiterMemory({ keyPrefix, points, duration })

/** Limiters that hold across processes. When their store fails, each process counts by itself. */
export function shared({ db, redis }: LimitStore): MakeLimiter {
  return (keyPrefix, rate) => {
    const options = {
      keyPrefix,
      points: rate.count,
      duration: rate.seconds,
      insuranceLimiter: inMemory(keyPrefix, rate),
    }
    if (redis !== undefined) {
      return new RateLimiterRedis({
        ...options,
        storeClient: redis,
        useRedisPackage: true,
        rejectIfRedisNotReady: true,
      })
    }
    return new RateLimiterPostgres({
      ...options,
      storeClient: asPool(db),
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
    })
  }
}

/** What the library needs of a pool of `pg`. */
function asPool(db: Kysely<Database>) {
  return {
    async query({ text, values }: { text: string; values: unknown[] }) {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values))
      return { rows, rowCount: Number(numAffectedRows ?? rows.length) }
    },
  }
}
