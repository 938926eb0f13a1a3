import type { ColumnType, Generated } from 'kysely'

/** What a one-time token is for. */
export type TokenPurpose = 'reset_password' | 'verify_email' | 'confirm_change' | 'undo'

/** What an undo restores. */
export interface StateBefore {
  /** As the user typed it. */
  email: string
}

/** What a mailed link and its code have, of a user or of a registration. */
interface MailedSecretColumns {
  /** SHA-256 of the secret of the browser that asked for it. */
  browser_hash: string | null
  /** Codes tried by the browser or address that asked for it. */
  code_attempts: Generated<number>
  /** Codes tried by others. */
  other_attempts: Generated<number>
  /** How many codes it had before. */
  code_round: Generated<number>
  /** How many mails it went out in. */
  mails: Generated<number>
  ip: string | null
  user_agent: string | null
  created_at: Generated<Date>
  expires_at: Date
  consumed_at: Date | null
}

/**
 * A link and a code that were mailed. Neither is stored: both are derived from the row and a key
 * (`MAIL_KEY`), so that a copy of the database holds none that works.
 */
export interface OneTimeTokensTable extends MailedSecretColumns {
  user_id: number
  id: string
  purpose: TokenPurpose
  /** The folded email that the mail went to. */
  email: string
  code_expires_at: Date
  /** Of an undo. */
  before: ColumnType<StateBefore | null, string | null, never>
}

/** A change of a user's email. It is open until it is applied, cancelled or over. */
export interface EmailChangesTable {
  user_id: number
  /** Also the id of the token that was mailed to the new email. */
  id: string
  /** The id of the token that undoes it. */
  undo_id: string
  old_email: string
  /** As the user typed it. */
  new_email: string
  /** `new_email`, folded. */
  new_key: string
  requested_at: Generated<Date>
  expires_at: Date
  applied_at: Date | null
  cancelled_at: Date | null
  /** Whether the old mailbox must agree too. */
  needs_consents: Generated<boolean>
  /** When the user's password had changed last, of a change that both mailboxes must agree to. */
  password_changed_at: Date | null
  old_confirmed_at: Date | null
  new_confirmed_at: Date | null
}

/**
 * Registrations that wait for proof that their email, folded, is read. The row of a consumed one
 * stays without its password hash until it expires, so that its link says that all is well.
 */
export interface RegistrationsTable extends MailedSecretColumns {
  email: string
  id: string
  typed_email: string
  password_hash: string
  display_name: string | null
  code_expires_at: Date | null
}

/** A mail that is to be sent, or was. */
interface MailColumns {
  id: string
  template: string
  /** As the person typed it. */
  to_email: string
  /** Its language (BCP 47); null: the worker's usual one. */
  locale: string | null
  token_id: string | null
  /** What the template needs. Never a link, a code or a token. */
  params: ColumnType<Record<string, unknown>, string, never>
  created_at: Generated<Date>
  /** When it is of no more use. */
  ends_at: Date
  attempts: Generated<number>
  last_error: string | null
  sent_at: Date | null
  given_up_at: Date | null
  /** What the SMTP server called it. */
  smtp_id: string | null
}

/** Mails to users. */
export interface OutgoingMailsTable extends MailColumns {
  user_id: number
}

/** Mails to emails that no user has, by the folded email. */
export interface MailboxMailsTable extends MailColumns {
  email: string
}
