import type { Kysely } from 'kysely'
import type { AuthSettings } from './settings/settings.ts'
import type { Database } from './db/database.ts'
import { createDeviceTokens, deriveDeviceTokenKeys, type DeviceTokens } from './throttle/device-tokens.ts'
import type { StoreObserver } from './throttle/fallback-store.ts'
import { createLimits, type Limits } from './throttle/rate-limits.ts'
import type { RedisClient } from './throttle/redis-store.ts'
import { type Observer, silentObserver } from './observer.ts'
import { createMailSecrets, deriveMailKeys, type MailSecrets } from './mails/mail-secrets.ts'
import { createPasswords, type Passwords } from './passwords/passwords.ts'
import { createTokens, type Tokens } from './tokens/tokens.ts'

/** The account service: the first argument of every use case. */
export interface Auth {
  settings: AuthSettings
  db: Kysely<Database>
  tokens: Tokens
  passwords: Passwords
  limits: Limits
  deviceTokens: DeviceTokens
  mailSecrets: MailSecrets
  observer: Observer
  /** This machine's clock. */
  now: () => Date
}

/** What the account service works with. */
export interface AuthDependencies {
  db: Kysely<Database>
  /**
   * The clock for `exp`, `nbf` and `iat` of a token. Default: this machine's. Sessions follow
   * PostgreSQL's clock alone. Tokens carry its time, but never a time that this clock has not
   * reached.
   */
  now?: () => Date
  /**
   * A connected client of the package `redis` that keeps the counts of rate limits. Default: `db`
   * keeps them.
   */
  redis?: RedisClient | undefined
  /**
   * Called when the counts of rate limits cannot be kept there, so that this process counts by
   * itself, and again when they can.
   */
  countsObserver?: StoreObserver | undefined
  /** Counts what happens. Default: nothing is counted. */
  observer?: Observer | undefined
}

/**
 * Creates the account service from its settings and a migrated database. Opens nothing and closes
 * nothing.
 * @example
 * const db = connect({ url: 'postgres://user:password@localhost:5432/accounts' })
 * const auth = await createAuth(readAuthSettings(process.env), { db })
 */
export async function createAuth(
  settings: AuthSettings,
  { db, now = () => new Date(), redis, countsObserver, observer = silentObserver }: AuthDependencies,
): Promise<Auth> {
  return {
    settings,
    db,
    tokens: await createTokens(settings, now),
    passwords: createPasswords(settings.passwords, observer),
    deviceTokens: createDeviceTokens(deriveDeviceTokenKeys(settings), now),
    mailSecrets: createMailSecrets(deriveMailKeys(settings)),
    limits: createLimits(settings.limits, { db, redis, ...countsObserver }),
    observer,
    now,
  }
}
