/** A procedure that reads. */
export interface Query<Input, Output> {
  query(input: Input, options?: CallOptions): Promise<Output>
}

/**
 * A procedure that changes something. It is never sent again where the first request may have
 * arrived.
 */
export interface Mutation<Input, Output> {
  mutate(input: Input, options?: CallOptions): Promise<Output>
}

/** The options of one call. */
export interface CallOptions {
  /** Aborts the call. Its promise is rejected at once; the service finishes what it has begun. */
  signal?: AbortSignal | undefined
}

/**
 * The effect of a procedure on the client's session. `open`: none. `logged_in`: it needs the access
 * token. `starts`: its answer holds the tokens of a new session. `restarts`: it needs the access
 * token, and its answer holds the tokens of the session that replaces the caller's. `refreshes`:
 * its answer holds new tokens for those of its input. `revokes`: it revokes the session of its
 * input.
 */
export type SessionRole = 'open' | 'logged_in' | 'starts' | 'restarts' | 'refreshes' | 'revokes'

/** How a procedure is sent. */
export interface ProcedureEntry {
  type: 'query' | 'mutation'
  role: SessionRole
}
