import { createCallerFactory, mutation, query, router } from './trpc-procedure.ts'

/** The procedures of the account service as tRPC serves them. Their errors are documented at the use cases of the same names. */
export const authRouter = router({
  /** Whether anybody may register, and what a password must be. */
  policy: query('auth.policy'),

  /** An account in; a token pair and the user out. */
  register: mutation('auth.register'),

  /** Email and password in; a token pair and the user out. */
  login: mutation('auth.login'),

  /** A refresh token in; the next pair out. */
  refresh: mutation('auth.refresh'),

  /** Ends the session of a refresh token. */
  logout: mutation('auth.logout'),

  /** Tells whether a token is good. A mutation, so that no token stands in an address. */
  verify: mutation('auth.verify'),

  /** Tells whether an access token is worth anything at this moment. A mutation, as `verify` is. */
  introspect: mutation('auth.introspect'),

  /** Who the access token belongs to. */
  me: query('auth.me'),

  /** Changes the caller's profile. */
  updateProfile: mutation('auth.updateProfile'),

  /** The caller's live sessions, the one used last first. */
  listSessions: query('auth.listSessions'),

  /** Ends one session of the caller. */
  endSession: mutation('auth.endSession'),

  /** Ends every session of the caller but the one that asks. */
  endOtherSessions: mutation('auth.endOtherSessions'),

  /** Ends every session of the caller. */
  endAllSessions: mutation('auth.endAllSessions'),

  /** Gives the caller another password, ends all their sessions and starts a new one: its token pair out. */
  changePassword: mutation('auth.changePassword'),
})

/** Everything that is served under `/api/trpc`. */
export const appRouter = router({ auth: authRouter })

/** The type that clients import: it carries every procedure's input, output and errors. */
export type AppRouter = typeof appRouter

/** Calls the procedures in process, with their types. */
export const createCaller = createCallerFactory(appRouter)
