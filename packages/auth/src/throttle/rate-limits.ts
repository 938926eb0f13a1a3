import type { LimitSettings, Rate } from '../settings/limits.ts'
import type { Kysely } from 'kysely'
import type { Database } from '../db/database.ts'
import { hasSessionFrom } from '../db/sessions.ts'
import { findUserByEmail } from '../db/by-engine.ts'
import { createSqlStore, startClearing } from './sql-store.ts'
import { type StoreObserver, withFallback } from './fallback-store.ts'
import { createLoginThrottle, type LoginThrottle } from './login-throttle.ts'
import { createAddressLimit, createRateLimit } from './rate-limit.ts'
import { createRedisStore, type RedisClient } from './redis-store.ts'
import { type CountStore, createMemoryStore } from './stores.ts'

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

/**
 * Makes the limits, each asked before the work that it limits. Under `RATE_LIMITS=off` they let
 * everything pass.
 */
export function createLimits(settings: LimitSettings, limitStore: LimitStore) {
  const { isOn } = settings
  const store = isOn ? createSharedStore(limitStore) : uncounted
  const own = isOn ? createMemoryStore() : uncounted
  return {
    logins: isOn ? createLogins(settings, { ...limitStore, store }) : unthrottled,
    /** By the address that asks. */
    registrations: createAddressLimit(store, 'register', settings.registrations),
    /** By the user. */
    passwordChanges: createRateLimit(store, 'password_change', settings.passwordChanges),
    /** By the user. */
    writes: createRateLimit(own, 'write', settings.writes),
    /** How often the audit records the same refused login. By address and account. */
    throttledLogins: createRateLimit(own, 'login_throttled', oncePerMinute),
    /** By the address that asks. */
    refreshes: createAddressLimit(own, 'refresh', settings.refreshes),
    /** Requests for a mail. By the address that asks. */
    mailRequests: createAddressLimit(store, 'mail_request', settings.mailRequests),
    /** Mails to an email that is not proven. By the folded email. */
    mailboxes: createRateLimit(store, 'mailbox', settings.mailboxes),
  }
}

/** The limits of the service. */
export type Limits = ReturnType<typeof createLimits>

function createLogins(
  settings: LimitSettings,
  { db, store }: { db: Kysely<Database>; store: CountStore },
): LoginThrottle {
  return createLoginThrottle({
    ...settings,
    store,
    findUser: async (email) => findUserByEmail(db, email),
    isKnownClient: async ({ email, client: { ip } }) => ip !== null && isKnownClient(db, { email, ip }),
  })
}

/** Asks alike for an email without a user: the time taken must not tell. */
async function isKnownClient(
  db: Kysely<Database>,
  { email, ip }: { email: string; ip: string },
): Promise<boolean> {
  const user = await findUserByEmail(db, email)
  return hasSessionFrom(db, { userId: user?.id ?? 0, ip })
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

/** Counts nothing, so that nothing is too often. */
const uncounted: CountStore = {
  change: async (changes) => changes.map(() => ({ value: 0, endsInMs: 0 })),
}

const pass = async () => {}

const unthrottled: LoginThrottle = {
  record: async () => ({ clear: pass, fail: pass, refund: pass }),
  clearAccount: pass,
}
