export { connect } from '../db/postgres/connect.ts'
export { getPool } from '../db/postgres/pool-of.ts'
export { findPendingMigrations } from '../db/postgres/migrate.ts'
export { mailKeySettingFields } from '../settings/mails.ts'
export { createMailer, type Mailer } from './mailer.ts'
export { type Deliver, type MailContent, MailRefusedError, type MailResult, sendMail } from './send-mail.ts'
export { writeNotice } from './write-notice.ts'
export { writePasswordReset } from './write-password-reset.ts'
export {
  type MailKey,
  type NewJob,
  type Notice,
  type NoticeJob,
  notices,
  type PasswordResetJob,
} from '../db/jobs.ts'
export { deriveMailKeySettings, type MailKeySettings } from './mail-secrets.ts'
export { withALabel } from '../emails/fold-email.ts'
export { codeLifetimeSeconds } from '../db/one-time-tokens.ts'
