import type { Kysely } from 'kysely'
import type { AuthConfig } from './config/config.ts'
import type { Database } from './db/database.ts'
import { createDeviceTokens, deriveDeviceTokenKeys, type DeviceTokens } from './throttle/device-tokens.ts'
import type { StoreObserver } from './throttle/fallback-store.ts'
import { createLimits, type Limits } from './throttle/rate-limits.ts'
import type { RedisClient } from './throttle/redis-store.ts'
import { type Observer, silentObserver } from './observer.ts'
import { createPasswords, type Passwords } from './passwords/passwords.ts'
import { createTokens, type Tokens } from './tokens/tokens.ts'

/** The account service: what every use case takes first. */
export interface Auth {
  config: AuthConfig
  db: Kysely<Database>
  tokens: Tokens
  passwords: Passwords
  limits: Limits
  deviceTokens: DeviceTokens
  observer: Observer
  /** This machine's clock. */
  now: () => Date
}

/** What the account service works on. */
export interface AuthDependencies {
  db: Kysely<Database>
  /**
   * Judges the `exp`, `nbf` and `iat` of a token. Default: this machine's clock. Sessions live by
   * PostgreSQL's clock alone, and tokens carry its time, but never one that this clock has not
   * reached.
   */
  now?: () => Date
  /**
   * A connected client of the package `redis`, to keep the counts of rate limits in. Default: they
   * are kept in `db`.
   */
  redis?: RedisClient | undefined
  /**
   * Hears when the counts of rate limits cannot be kept there, so that this process counts by
   * itself, and when they can again.
   */
  countsObserver?: StoreObserver | undefined
  /** Counts what happens. Default: nobody does. */
  observer?: Observer | undefined
}

/**
 * Makes the account service from its settings and a database that is migrated. It opens nothing and
 * closes nothing.
 */
export async function createAuth(
  config: AuthConfig,
  { db, now = () => new Date(), redis, countsObserver, observer = silentObserver }: AuthDependencies,
): Promise<Auth> {
  return {
    config,
    db,
    tokens: await createTokens(config, now),
    passwords: createPasswords(config.passwords, observer),
    deviceTokens: createDeviceTokens(deriveDeviceTokenKeys(config), now),
    limits: createLimits(config.limits, { db, redis, ...countsObserver }),
    observer,
    now,
  }
}
