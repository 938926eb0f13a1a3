/** How often something was done, and how often it may be. */
export interface Usage {
  /** Name of the limit, as the error carries it. */
  limit: string
  allowed: number
  /** With the login that is asked about. */
  value: number
  endsInMs: number
}

/**
 * Wrong passwords beyond those allowed: each that is let pass makes the next wait, twice as long as
 * the one before.
 */
export interface Backoff extends Usage {
  /** How many were let pass beyond those allowed. */
  strikes: number
  /** How long the wait that runs goes on; 0: none runs. */
  closedForMs: number
}

/** What is known of a login before its password is looked at. */
export interface LoginState {
  usages: readonly Usage[]
  backoffs: readonly Backoff[]
  maxDelaySeconds: number
}

/**
 * Whether a password is looked at. `delays`: for how many seconds each backoff then lets no other
 * pass, in their order.
 */
export type LoginDecision =
  | { kind: 'allowed'; delays: number[] }
  | { kind: 'refused'; limit: { name: string; count: number }; waitSeconds: number }

/**
 * Decides about a login by the counts alone. If several limits are exceeded, it reports the one
 * with the longest wait.
 */
export function decideLogin({ usages, backoffs, maxDelaySeconds }: LoginState): LoginDecision {
  const rejections = [
    ...usages.filter(isOver).map((usage) => ({ usage, waitMs: usage.endsInMs })),
    ...backoffs
      .filter((backoff) => isOver(backoff) && backoff.closedForMs > 0)
      .map((usage) => ({ usage, waitMs: usage.closedForMs })),
  ]
  const [longest] = rejections.toSorted((one, other) => other.waitMs - one.waitMs)
  if (longest !== undefined) {
    const { limit, allowed } = longest.usage
    return {
      kind: 'refused',
      limit: { name: limit, count: allowed },
      waitSeconds: Math.max(1, Math.ceil(longest.waitMs / 1000)),
    }
  }
  return { kind: 'allowed', delays: backoffs.map((backoff) => delayOf(backoff, maxDelaySeconds)) }
}

/** Whether more was done than may be. */
export function isOver({ value, allowed }: Usage): boolean {
  return value > allowed
}

function delayOf(backoff: Backoff, maxDelaySeconds: number): number {
  return isOver(backoff) ? Math.min(2 ** (backoff.strikes + 1), maxDelaySeconds) : 0
}
