import type { LimitSettings, Rate } from '../settings/limits.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { hasSessionFrom } from '../db/sessions.ts'
import { createSqlStore, startClearing } from './sql-store.ts'
import { type StoreObserver, withFallback } from './fallback-store.ts'
import { createLoginThrottle, type LoginThrottle } from './login-throttle.ts'
import { createAddressLimit, createRateLimit, type RateLimit } from './rate-limit.ts'
import { createRedisStore, type RedisClient } from './redis-store.ts'
import { type CountStore, createMemoryStore } from './stores.ts'

/** The limits of the service, each asked before the work that it limits. */
export interface Limits {
  logins: LoginThrottle
  /** By the address that asks. */
  registrations: RateLimit<string | null>
  /** By the user. */
  passwordChanges: RateLimit<string>
  /** By the user. */
  writes: RateLimit<string>
  /** How often the audit records the same refused login. By address and account. */
  throttledLogins: RateLimit<string>
  /** By the address that asks. */
  refreshes: RateLimit<string | null>
  /** Requests for a mail. By the address that asks. */
  mailRequests: RateLimit<string | null>
}

/**
 * Where counts are kept: in PostgreSQL, or in Redis where there is a client of it. Each process
 * counts by itself while that fails.
 */
export interface LimitStore extends StoreObserver {
  db: Kysely<Database>
  redis?: RedisClient | undefined
}

/**
 * How long Redis may take to answer, in milliseconds. PostgreSQL has a limit of its own, and a
 * login waits for it anyway.
 */
const redisTimeoutMs = 500

/** Makes the limits, or under `RATE_LIMITS=off` those that let everything pass. */
export function createLimits(settings: LimitSettings, limitStore: LimitStore): Limits {
  if (!settings.isOn) return noLimits
  const store = createSharedStore(limitStore)
  return {
    logins: createLoginThrottle({
      ...settings,
      store,
      isKnownClient: async ({ email, client: { ip } }) =>
        ip !== null && hasSessionFrom(limitStore.db, { email, ip }),
    }),
    registrations: createAddressLimit(store, 'register', settings.registrations),
    passwordChanges: createRateLimit(store, 'password_change', settings.passwordChanges),
    writes: createRateLimit(createMemoryStore(), 'write', settings.writes),
    throttledLogins: createRateLimit(createMemoryStore(), 'login_throttled', oncePerMinute),
    refreshes: createAddressLimit(createMemoryStore(), 'refresh', settings.refreshes),
    mailRequests: createAddressLimit(store, 'mail_request', settings.mailRequests),
  }
}

const oncePerMinute: Rate = { count: 1, seconds: 60 }

/** A store that holds across processes. */
function createSharedStore({ db, redis, ...observer }: LimitStore): CountStore {
  const fallback = createMemoryStore()
  if (redis !== undefined) {
    return withFallback(createRedisStore(redis), { ...observer, fallback, timeoutMs: redisTimeoutMs })
  }
  startClearing(db)
  return withFallback(createSqlStore(db), { ...observer, fallback })
}

const pass = async () => {}

const noLimits: Limits = {
  logins: { record: async () => ({ clear: pass, fail: pass, refund: pass }), clearAccount: pass },
  registrations: { consume: pass },
  passwordChanges: { consume: pass },
  writes: { consume: pass },
  throttledLogins: { consume: pass },
  refreshes: { consume: pass },
  mailRequests: { consume: pass },
}
