/** How much is measured. */
export interface Plan {
  /** Seconds of each stretch of load. */
  seconds: number
  /** How often each is repeated; medians count. */
  rounds: number
  /** Users, each with a session, of the databases that are compared. The first is the one that all else is measured on. */
  users: [number, ...number[]]
  poolSizes: number[]
  connections: number[]
  /** Seconds of the flood of logins. */
  floodSeconds: number
}

/** About ten minutes. */
export const fullPlan: Plan = {
  seconds: 3,
  rounds: 5,
  users: [1000, 100_000, 1_000_000],
  poolSizes: [1, 2, 5, 10, 20, 50],
  connections: [1, 8, 64, 256, 512],
  floodSeconds: 15,
}

/** A minute. */
export const quickPlan: Plan = {
  seconds: 1,
  rounds: 1,
  users: [1000, 10_000],
  poolSizes: [10],
  connections: [1, 64],
  floodSeconds: 3,
}
