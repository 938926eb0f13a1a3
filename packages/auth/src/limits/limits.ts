import type { Kysely } from 'kysely'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { hasSessionFrom } from '../db/known-clients.ts'
import type { Database } from '../db/database.ts'
import { toAddressKey } from './address-key.ts'
import { createGuesses, type Guesses } from './guesses.ts'
import { createLimit, type Limit } from './limit.ts'
import { inMemory, type LimitStore, type Rate, shared } from './limiters.ts'

/** How often what may be done. */
export interface LimitConfig {
  isOn: boolean
  /** Wrong passwords from one address. */
  loginFailuresOfAddress: Rate
  /** Wrong passwords from one address at one account before the next one waits. */
  loginFailuresOfDevice: Rate
  /** Wrong passwords at one account before the next one waits. */
  loginFailuresOfAccount: Rate
  /** The longest that a login waits for the wrong ones before it. */
  loginMaxDelaySeconds: number
  /** Registrations from one address. */
  registrations: Rate
  /** Changes of one user's password, tried or made. */
  passwordChanges: Rate
  /** Refreshes from one address; counted by each process for itself. */
  refreshes: Rate
}

/** The limits of the service, each asked before the work that it limits. */
export interface Limits {
  guesses: Guesses
  /** By the address that asks. */
  registrations: Limit<string | null>
  /** By the user. */
  passwordChanges: Limit<string>
  /** By the address that asks. */
  refreshes: Limit<string | null>
}

/** Makes the limits, or under `RATE_LIMITS=off` those that let everything pass. */
export function createLimits(config: LimitConfig, store: LimitStore): Limits {
  if (!config.isOn) return noLimits
  const make = shared(store)
  return {
    guesses: createGuesses({
      ofAddress: make('login_address', config.loginFailuresOfAddress),
      ofDevice: make('login_device', config.loginFailuresOfDevice),
      ofAccount: make('login_account', config.loginFailuresOfAccount),
      gate: make('login_gate', { count: 1, seconds: config.loginMaxDelaySeconds }),
      maxDelaySeconds: config.loginMaxDelaySeconds,
      isKnownClient: ({ email, client }) => isKnownClient(store.db, email, client.ip),
    }),
    registrations: byAddress(make('register', config.registrations)),
    passwordChanges: createLimit(make('password_change', config.passwordChanges)),
    refreshes: byAddress(inMemory('refresh', config.refreshes)),
  }
}

function byAddress(limiter: RateLimiterAbstract): Limit<string | null> {
  const limit = createLimit(limiter)
  return { consume: (ip) => limit.consume(toAddressKey(ip)) }
}

async function isKnownClient(db: Kysely<Database>, email: string, ip: string | null): Promise<boolean> {
  return ip !== null && hasSessionFrom(db, { email, ip })
}

const pass = async () => {}

const noLimits: Limits = {
  guesses: { count: pass, forgive: pass, undo: pass },
  registrations: { consume: pass },
  passwordChanges: { consume: pass },
  refreshes: { consume: pass },
}
