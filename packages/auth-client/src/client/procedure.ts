/** A procedure that reads. */
export interface Query<Input, Output> {
  query(input: Input, options?: CallOptions): Promise<Output>
}

/**
 * A procedure that changes something. It is never sent a second time where the first may have
 * arrived.
 */
export interface Mutation<Input, Output> {
  mutate(input: Input, options?: CallOptions): Promise<Output>
}

/** What one call may ask for. */
export interface CallOptions {
  /** Gives the call up. Its promise is rejected at once; what the service has begun it finishes. */
  signal?: AbortSignal | undefined
}

/**
 * What a procedure means to the session of the client: `open`: nothing. `logged_in`: it needs the
 * access token. `starts`: its answer holds the tokens of a new session. `restarts`: it needs the
 * access token, and its answer holds the tokens of the session that replaces the one that asks.
 * `refreshes`: its answer holds tokens for those of its input. `revokes`: it revokes the session of
 * its input.
 */
export type SessionRole = 'open' | 'logged_in' | 'starts' | 'restarts' | 'refreshes' | 'revokes'

/** How a procedure is sent. */
export interface ProcedureEntry {
  type: 'query' | 'mutation'
  role: SessionRole
}
