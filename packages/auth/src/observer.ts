import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'

/**
 * The outcome of a presented refresh token: it moved its session on; repeated the answer before;
 * was reused; was ahead of a database that had lost answers of its own; or stays as it is
 * (`ROTATE_REFRESH_TOKENS=false`). Any other refusal is the error of its call.
 */
export type RefreshOutcome = 'rotated' | 'replayed' | 'reused' | 'recovered' | 'kept'

/** A call of a procedure that was answered. */
export interface Call {
  /** Its name in the router: `auth.login`. */
  procedure: string
  outcome: 'ok' | AuthErrorCode
  seconds: number
}

/**
 * Counts what happens. Its methods get no name, address, password or token, and must return at
 * once.
 */
export interface Observer {
  called(call: Call): void
  refreshed(outcome: RefreshOutcome): void
  /** A password leaves the queue to be hashed or checked, after this many seconds. */
  dequeued(waitSeconds: number): void
}

/** Ignores every event. */
export const silentObserver: Observer = { called() {}, refreshed() {}, dequeued() {} }
