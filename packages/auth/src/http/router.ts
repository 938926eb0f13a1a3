import { changePassword } from '../accounts/change-password.ts'
import { policy } from '../accounts/policy.ts'
import { register } from '../accounts/register.ts'
import { updateProfile } from '../accounts/update-profile.ts'
import {
  changePasswordInput,
  endSessionInput,
  introspection,
  loginInput,
  nothing,
  publicPolicy,
  refreshInput,
  registerInput,
  session,
  sessionList,
  tokenPair,
  updateProfileInput,
  user,
  verifyInput,
} from '../schema.ts'
import { endAllSessions } from '../sessions/end-all-sessions.ts'
import { endOtherSessions } from '../sessions/end-other-sessions.ts'
import { endSession } from '../sessions/end-session.ts'
import { introspect } from '../sessions/introspect.ts'
import { listSessions } from '../sessions/list-sessions.ts'
import { login } from '../sessions/login.ts'
import { logout } from '../sessions/logout.ts'
import { me } from '../sessions/me.ts'
import { refresh } from '../sessions/refresh.ts'
import { verify } from '../sessions/verify.ts'
import { createCallerFactory, publicProcedure, router, signedInProcedure } from './procedure.ts'

/** The procedures of the account service. Their errors are documented at the use cases of the same names. */
export const authRouter = router({
  /** Whether anybody may register, and what a password must be. */
  policy: publicProcedure.output(publicPolicy).query(({ ctx }) => policy(ctx.auth)),

  /** An account in; a token pair and the user out. */
  register: publicProcedure
    .input(registerInput)
    .output(session)
    .mutation(({ ctx, input }) => register(ctx.auth, input, ctx.client)),

  /** Email and password in; a token pair and the user out. */
  login: publicProcedure
    .input(loginInput)
    .output(session)
    .mutation(({ ctx, input }) => login(ctx.auth, input, ctx.client)),

  /** A refresh token in; the next pair out. */
  refresh: publicProcedure
    .input(refreshInput)
    .output(tokenPair)
    .mutation(({ ctx, input }) => refresh(ctx.auth, input, ctx.client)),

  /** Ends the session of a refresh token. */
  logout: publicProcedure
    .input(refreshInput)
    .output(nothing)
    .mutation(({ ctx, input }) => logout(ctx.auth, input, ctx.client)),

  /** Tells whether a token is good. A mutation, so that no token stands in an address. */
  verify: publicProcedure
    .input(verifyInput)
    .output(nothing)
    .mutation(({ ctx, input }) => verify(ctx.auth, input)),

  /** Tells whether an access token is worth anything at this moment. A mutation, as `verify` is. */
  introspect: publicProcedure
    .input(verifyInput)
    .output(introspection)
    .mutation(({ ctx, input }) => introspect(ctx.auth, input)),

  /** Who the access token belongs to. */
  me: signedInProcedure.output(user).query(({ ctx }) => me(ctx.auth, ctx.claims)),

  /** Changes the caller's profile. */
  updateProfile: signedInProcedure
    .input(updateProfileInput)
    .output(user)
    .mutation(({ ctx: { auth, ...context }, input }) => updateProfile(auth, { ...context, input })),

  /** The caller's live sessions, the one used last first. */
  listSessions: signedInProcedure.output(sessionList).query(({ ctx }) => listSessions(ctx.auth, ctx.claims)),

  /** Ends one session of the caller. */
  endSession: signedInProcedure
    .input(endSessionInput)
    .output(nothing)
    .mutation(({ ctx, input }) => endSession(ctx.auth, { claims: ctx.claims, id: input.id }, ctx.client)),

  /** Ends every session of the caller but the one that asks. */
  endOtherSessions: signedInProcedure
    .output(nothing)
    .mutation(({ ctx }) => endOtherSessions(ctx.auth, ctx.claims, ctx.client)),

  /** Ends every session of the caller. */
  endAllSessions: signedInProcedure
    .output(nothing)
    .mutation(({ ctx }) => endAllSessions(ctx.auth, ctx.claims, ctx.client)),

  /** Gives the caller another password and ends their other sessions. */
  changePassword: signedInProcedure
    .input(changePasswordInput)
    .output(nothing)
    .mutation(({ ctx: { auth, ...context }, input }) => changePassword(auth, { ...context, input })),
})

/** Everything that is served under `/api/trpc`. */
export const appRouter = router({ auth: authRouter })

/** The type that clients import: it carries every procedure's input, output and errors. */
export type AppRouter = typeof appRouter

/** Calls the procedures in process, with their types. */
export const createCaller = createCallerFactory(appRouter)
