// Generated from the service's router by `pnpm client:types`. Do not edit.
import type { ProcedureEntry } from '../procedure.ts'

/** Every procedure of the service. */
export const procedureTable: Record<string, ProcedureEntry> = {
  policy: { type: 'query', role: 'open' },
  register: { type: 'mutation', role: 'starts' },
  login: { type: 'mutation', role: 'starts' },
  refresh: { type: 'mutation', role: 'refreshes' },
  verify: { type: 'mutation', role: 'open' },
  logout: { type: 'mutation', role: 'revokes' },
  introspect: { type: 'mutation', role: 'open' },
  me: { type: 'query', role: 'logged_in' },
  updateProfile: { type: 'mutation', role: 'logged_in' },
  listSessions: { type: 'query', role: 'logged_in' },
  endOtherSessions: { type: 'mutation', role: 'logged_in' },
  endAllSessions: { type: 'mutation', role: 'logged_in' },
  endSession: { type: 'mutation', role: 'logged_in' },
  changePassword: { type: 'mutation', role: 'restarts' },
  passwordReset: { type: 'mutation', role: 'open' },
  passwordResetCheck: { type: 'mutation', role: 'open' },
  passwordResetConfirm: { type: 'mutation', role: 'open' },
  emailChange: { type: 'mutation', role: 'logged_in' },
  emailChangeCheck: { type: 'mutation', role: 'open' },
  emailChangeConfirm: { type: 'mutation', role: 'open' },
  emailChangeCancel: { type: 'mutation', role: 'logged_in' },
  undo: { type: 'mutation', role: 'open' },
  notices: { type: 'query', role: 'logged_in' },
  updateNotices: { type: 'mutation', role: 'logged_in' },
  emailVerify: { type: 'mutation', role: 'open' },
  emailVerifyCheck: { type: 'mutation', role: 'open' },
  emailVerifyReject: { type: 'mutation', role: 'open' },
  emailVerifyResend: { type: 'mutation', role: 'open' },
}
