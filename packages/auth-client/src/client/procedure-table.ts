import type { AuthProcedures } from './procedures.ts'

/**
 * What a procedure means to the session of the client: `open`: nothing. `signed_in`: it needs the
 * access token. `starts`: its answer holds the tokens of a new session. `restarts`: it needs the
 * access token, and its answer holds the tokens of the session that replaces the one that asks.
 * `renews`: its answer holds tokens for those of its input. `ends`: it ends the session of its
 * input.
 */
export type SessionRole = 'open' | 'signed_in' | 'starts' | 'restarts' | 'renews' | 'ends'

/** Every procedure of the service, one line each. */
export const procedureTable = {
  login: { type: 'mutation', role: 'starts' },
  register: { type: 'mutation', role: 'starts' },
  policy: { type: 'query', role: 'open' },
  refresh: { type: 'mutation', role: 'renews' },
  logout: { type: 'mutation', role: 'ends' },
  verify: { type: 'mutation', role: 'open' },
  introspect: { type: 'mutation', role: 'open' },
  me: { type: 'query', role: 'signed_in' },
  updateProfile: { type: 'mutation', role: 'signed_in' },
  listSessions: { type: 'query', role: 'signed_in' },
  endSession: { type: 'mutation', role: 'signed_in' },
  endOtherSessions: { type: 'mutation', role: 'signed_in' },
  endAllSessions: { type: 'mutation', role: 'signed_in' },
  changePassword: { type: 'mutation', role: 'restarts' },
} as const satisfies {
  [Name in keyof AuthProcedures]: {
    type: AuthProcedures[Name] extends { query: unknown } ? 'query' : 'mutation'
    role: SessionRole
  }
}
