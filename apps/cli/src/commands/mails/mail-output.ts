import type { MailForOperator } from '@pockitflyer/auth/admin'
import { toSeconds } from '../../output/time.ts'

/** The columns of a table of mails. */
export const mailColumns = ['ID', 'TO', 'TEMPLATE', 'STATE', 'WRITTEN', 'TRIES', 'SENT', 'LAST ERROR']

/** What the help says of a mail in JSON. */
export const jsonFields =
  '{"id", "user_id", "to", "template", "state", "attempts", "created_at", "ends_at", "sent_at", "given_up_at", "smtp_id", "last_error"}'

/** Returns the cells of a mail in a table. */
export function toCells({ key, sentAt, lastError, ...mail }: MailForOperator): string[] {
  return [
    key.id,
    mail.toEmail,
    mail.template,
    mail.state.replace('_', ' '),
    toSeconds(mail.createdAt),
    String(mail.attempts),
    sentAt === null ? '' : toSeconds(sentAt),
    lastError ?? '',
  ]
}

/** Returns a mail as JSON. */
export function toJson({ key, ...mail }: MailForOperator): string {
  return JSON.stringify({
    id: key.id,
    user_id: 'userId' in key ? key.userId : null,
    to: mail.toEmail,
    template: mail.template,
    state: mail.state,
    attempts: mail.attempts,
    created_at: mail.createdAt,
    ends_at: mail.endsAt,
    sent_at: mail.sentAt,
    given_up_at: mail.givenUpAt,
    smtp_id: mail.smtpId,
    last_error: mail.lastError,
  })
}
