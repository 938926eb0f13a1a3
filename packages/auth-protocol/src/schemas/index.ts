export {
  changePasswordInput,
  type ChangePasswordInput,
  newTokens,
  publicPolicy,
  type PublicPolicy,
  registerInput,
  type RegisterInput,
} from './account.ts'
export { emailToFind, newEmail, notAnEmail, trimInvisible } from './email.ts'
export { passwordMaxBytes, passwordToCheck } from './password.ts'
export {
  passwordReset,
  type PasswordReset,
  passwordResetCheck,
  type PasswordResetCheck,
  passwordResetRequest,
  type PasswordResetRequest,
  passwordResetState,
  type PasswordResetState,
} from './password-reset.ts'
export {
  bio,
  displayName,
  profile,
  type Profile,
  updateProfileInput,
  type UpdateProfileInput,
  user,
  type User,
} from './profile.ts'
export {
  introspection,
  type Introspection,
  loginInput,
  type LoginInput,
  loginResult,
  type LoginResult,
  empty,
  refreshInput,
  session,
  type Session,
  tokenPair,
  type TokenPair,
  verifyInput,
} from './session.ts'
export {
  endSessionInput,
  listSessionsInput,
  type ListSessionsInput,
  sessionEntry,
  type SessionEntry,
  sessionList,
  sessionsPerPage,
} from './session-list.ts'
