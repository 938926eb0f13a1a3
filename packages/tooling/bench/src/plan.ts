/** The extent of a run. */
export interface Plan {
  /** Seconds of each stretch of load. */
  seconds: number
  /**
   * Number of runs before the measured ones: Node optimizes a function again after about a thousand
   * calls.
   */
  warmUps: number
  /** Number of measured rounds; the median counts. */
  rounds: number
  /**
   * Users, each with a session, of the compared databases. Every other measurement uses the first
   * database.
   */
  users: [number, ...number[]]
  poolSizes: number[]
  connections: number[]
  /** Seconds of each stretch of the overload, and its rounds. */
  flood: { seconds: number; rounds: number }
  /** Seconds of each stretch on several processes, and its rounds. */
  fleets: { seconds: number; rounds: number }
}

/** Seconds of each stretch of logins, which are slow. */
export const loginSeconds = ({ seconds }: Plan): number => 2 * seconds

/** About a quarter of an hour. */
export const fullPlan: Plan = {
  seconds: 2,
  warmUps: 3,
  rounds: 15,
  users: [1000, 100_000, 1_000_000],
  poolSizes: [1, 2, 5, 10, 20, 50],
  connections: [1, 8, 64, 256, 512],
  flood: { seconds: 6, rounds: 5 },
  fleets: { seconds: 3, rounds: 5 },
}

/** A minute. */
export const quickPlan: Plan = {
  seconds: 1,
  warmUps: 1,
  rounds: 1,
  users: [1000, 10_000],
  poolSizes: [10],
  connections: [64],
  flood: { seconds: 2, rounds: 1 },
  fleets: { seconds: 1, rounds: 1 },
}
