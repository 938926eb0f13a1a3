import { assumed } from './assumptions.ts'
import type { Costs } from './costs.ts'
import { computeNeeds } from './needs.ts'

/** Every daily user does the same thing at once: after a lost key, or after an outage. */
export interface Storm {
  /** Cores that hash in the instances of a usual day's peak. */
  hashCores: number
  /** Seconds until all users are logged in again with these cores. */
  loginSeconds: number
  /** Cores to end it within an hour: those that hash, and PostgreSQL's. */
  hashCoresForHour: number
  databaseCoresForHour: number
  /**
   * Seconds until each user's access token has been refreshed, without a login, on the same
   * instances.
   */
  refreshSeconds: number
}

/**
 * Computes the storm. It assumes fully busy processors, since no operator plans capacity for it.
 */
export function computeStorm(costs: Costs, dailyUsers: number): Storm {
  const { instances } = computeNeeds(costs, dailyUsers)
  const hashCores = instances * assumed.hashThreadsPerInstance
  const hashSeconds = (dailyUsers * costs.hashMs) / 1000
  const databaseSeconds = (dailyUsers * costs.databaseMs.login) / 1000
  return {
    hashCores,
    loginSeconds: hashSeconds / hashCores,
    hashCoresForHour: hashSeconds / secondsPerHour,
    databaseCoresForHour: databaseSeconds / secondsPerHour,
    refreshSeconds: (dailyUsers * costs.apiMs.refresh) / 1000 / instances,
  }
}

const secondsPerHour = 3600
