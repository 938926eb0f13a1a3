import type { AuthErrorCode } from '@pockitflyer/auth-protocol/errors'

/**
 * What became of a refresh token that was presented: it moved its session on, got the answer before
 * once more, was reused, was ahead of a database that had lost answers of its own, or was kept as
 * it is (`ROTATE_REFRESH_TOKENS=false`). One that was refused otherwise is told by the error of its
 * call.
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
 * Hears what happens, to count it: no name, address, password or token is told. What it is told to
 * must return at once.
 */
export interface Observer {
  called(call: Call): void
  refreshed(outcome: RefreshOutcome): void
  /** A password is about to be hashed or checked, after so long in the queue. */
  dequeued(waitSeconds: number): void
}

/** Listens to nothing. */
export const silentObserver: Observer = { called() {}, refreshed() {}, dequeued() {} }
