import { changePassword } from '../accounts/change-password.ts'
import { policy } from '../accounts/policy.ts'
import { register } from '../accounts/register.ts'
import { updateProfile } from '../accounts/update-profile.ts'
import {
  changePasswordInput,
  endSessionInput,
  introspection,
  listSessionsInput,
  loginInput,
  loginResult,
  newTokens,
  nothing,
  publicPolicy,
  refreshInput,
  registerInput,
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
import { nothingAsked, publicProcedure, signedInProcedure } from './procedure.ts'

/** The procedures of the account service, by their paths in tRPC's router. Their errors are documented at the use cases. */
export const procedures = {
  'auth.policy': publicProcedure({
    input: nothingAsked,
    output: publicPolicy,
    run: ({ auth }) => policy(auth),
  }),

  'auth.register': publicProcedure({
    input: registerInput,
    output: loginResult,
    run: ({ auth, client }, input) => register(auth, input, client),
  }),

  'auth.login': publicProcedure({
    input: loginInput,
    output: loginResult,
    run: ({ auth, client }, input) => login(auth, input, client),
  }),

  'auth.refresh': publicProcedure({
    input: refreshInput,
    output: tokenPair,
    run: ({ auth, client }, input) => refresh(auth, input, client),
  }),

  'auth.logout': publicProcedure({
    input: refreshInput,
    output: nothing,
    run: ({ auth, client }, input) => logout(auth, input, client),
  }),

  'auth.verify': publicProcedure({
    input: verifyInput,
    output: nothing,
    run: ({ auth }, input) => verify(auth, input),
  }),

  'auth.introspect': publicProcedure({
    input: verifyInput,
    output: introspection,
    run: ({ auth }, input) => introspect(auth, input),
  }),

  'auth.me': signedInProcedure({
    input: nothingAsked,
    output: user,
    run: ({ auth, claims }) => me(auth, claims),
  }),

  'auth.updateProfile': signedInProcedure({
    input: updateProfileInput,
    output: user,
    run: ({ auth, claims, client }, input) => updateProfile(auth, { claims, client, input }),
  }),

  'auth.listSessions': signedInProcedure({
    input: listSessionsInput.optional(),
    output: sessionList,
    run: ({ auth, claims }, input) => listSessions(auth, claims, input),
  }),

  'auth.endSession': signedInProcedure({
    input: endSessionInput,
    output: nothing,
    run: ({ auth, claims, client }, { id }) => endSession(auth, { claims, id }, client),
  }),

  'auth.endOtherSessions': signedInProcedure({
    input: nothingAsked,
    output: nothing,
    run: ({ auth, claims, client }) => endOtherSessions(auth, claims, client),
  }),

  'auth.endAllSessions': signedInProcedure({
    input: nothingAsked,
    output: nothing,
    run: ({ auth, claims, client }) => endAllSessions(auth, claims, client),
  }),

  'auth.changePassword': signedInProcedure({
    input: changePasswordInput,
    output: newTokens,
    run: ({ auth, claims, client }, input) => changePassword(auth, { claims, client, input }),
  }),
}

/** The name of a procedure: its path in tRPC's router. */
export type ProcedureName = keyof typeof procedures
