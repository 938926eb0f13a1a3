import { createCallerFactory, router } from './base.ts'
import { changePassword } from './change-password.ts'
import { emailChange } from './email-change.ts'
import { emailChangeCancel } from './email-change-cancel.ts'
import { emailChangeCheck } from './email-change-check.ts'
import { emailChangeConfirm } from './email-change-confirm.ts'
import { emailVerify } from './email-verify.ts'
import { emailVerifyCheck } from './email-verify-check.ts'
import { emailVerifyReject } from './email-verify-reject.ts'
import { emailVerifyResend } from './email-verify-resend.ts'
import { endAllSessions } from './end-all-sessions.ts'
import { endOtherSessions } from './end-other-sessions.ts'
import { endSession } from './end-session.ts'
import { introspect } from './introspect.ts'
import { listSessions } from './list-sessions.ts'
import { login } from './login.ts'
import { logout } from './logout.ts'
import { me } from './me.ts'
import { language } from './language.ts'
import { notices } from './notices.ts'
import { passwordReset } from './password-reset.ts'
import { passwordResetCheck } from './password-reset-check.ts'
import { passwordResetConfirm } from './password-reset-confirm.ts'
import { policy } from './policy.ts'
import { refresh } from './refresh.ts'
import { register } from './register.ts'
import { undo } from './undo.ts'
import { updateLanguage } from './update-language.ts'
import { updateNotices } from './update-notices.ts'
import { updateProfile } from './update-profile.ts'
import { verify } from './verify.ts'

/**
 * The one list of the procedures. REST, OpenAPI, `OPTIONS`, route names in logs and metrics are
 * derived from it.
 */
export const authRouter = router({
  policy,
  register,
  login,
  refresh,
  verify,
  logout,
  introspect,
  me,
  updateProfile,
  listSessions,
  endOtherSessions,
  endAllSessions,
  endSession,
  changePassword,
  passwordReset,
  passwordResetCheck,
  passwordResetConfirm,
  emailChange,
  emailChangeCheck,
  emailChangeConfirm,
  emailChangeCancel,
  undo,
  notices,
  updateNotices,
  language,
  updateLanguage,
  emailVerify,
  emailVerifyCheck,
  emailVerifyReject,
  emailVerifyResend,
})

/** Everything that is served under `/api/trpc`. */
export const appRouter = router({ auth: authRouter })

/** The type that clients import: it carries every procedure's input, output and errors. */
export type AppRouter = typeof appRouter

/** Calls the procedures in process, with their types. */
export const createCaller = createCallerFactory(appRouter)
