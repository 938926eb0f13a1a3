/** What the audit records. */
export const eventKinds = [
  'login',
  'login_failed',
  'login_throttled',
  'logout',
  'refresh_reused',
  'session_recovered',
  'session_revoked',
  'user_added',
  'user_activated',
  'user_deactivated',
  'user_deleted',
  'password_changed',
  'password_change_failed',
  'password_reset_requested',
  'password_reset',
  'email_verification_requested',
  'email_verified',
  'registration_rejected',
  'email_change_requested',
  'email_change_failed',
  'email_change_consented',
  'email_change_cancelled',
  'email_changed',
  'change_undone',
  'links_voided',
  'mail_refused',
  'profile_changed',
  'notices_changed',
] as const

/** One of them. */
export type EventKind = (typeof eventKinds)[number]
