import type { EmailChangeResult } from '@pockitflyer/auth-protocol/schemas'

/** The page that asks for a mail. */
export const forgotPasswordPath = '/forgot-password'

/** The page that the link of the mail opens: mails that are on their way name it, so it stays. */
export const resetPasswordPath = '/reset-password'

/** The page that the links to a new email, and to an old one that must agree, open. */
export const changeEmailPath = '/change-email'

/** The page that the link of a notice opens, to undo what it tells of. */
export const undoPath = '/undo'

/** The page of the account that asks for another email. */
export const accountEmailPath = '/account/email'

/** Why a link goes no further. */
export type LinkOver = 'invalid' | 'used'

/** Returns the path of the page that says so. */
export function linkOverPath(because: LinkOver): string {
  return `${resetPasswordPath}?over=${because}`
}

/** What the page of the sent mail says first. */
export type SentNotice = 'sent' | 'again' | 'too-soon'

const sentNotices: readonly unknown[] = ['sent', 'again', 'too-soon'] satisfies SentNotice[]
const isSentNotice = (value: unknown): value is SentNotice => sentNotices.includes(value)

/** Reads that from a URL; undefined for anything else. */
export function readSentNotice(value: unknown): SentNotice | undefined {
  return isSentNotice(value) ? value : undefined
}

/** Returns the path of the page that waits for the mail. */
export function mailSentPath(notice: SentNotice): string {
  return `${forgotPasswordPath}?sent=${notice}`
}

/** What came of a link that confirms a change of email; `waits-for-…`: whose mailbox must agree. */
export type EmailChangeOver = LinkOver | 'changed' | 'taken' | 'waits-for-old' | 'waits-for-new'

/** Returns what came of a proof that the service took. */
export function findEmailChangeOver({ waits_for: waitsFor }: EmailChangeResult): EmailChangeOver {
  if (waitsFor === undefined) return 'changed'
  return waitsFor === 'old_email' ? 'waits-for-old' : 'waits-for-new'
}

/** Returns the path of the page that says so. */
export function emailChangeOverPath(because: EmailChangeOver): string {
  return `${changeEmailPath}?over=${because}`
}

/** What came of an undo. */
export type UndoOver = LinkOver | 'undone'

/** Returns the path of the page that says so. */
export function undoOverPath(because: UndoOver): string {
  return `${undoPath}?over=${because}`
}

/** The page of a registration that waits for its mail, and that the link of the mail opens. */
export const verifyEmailPath = '/verify-email'

/** The path of that page that says that a link goes no further. */
export const verifyOverPath = `${verifyEmailPath}?over=invalid`

/** The path of that page that says that a registration is deleted. */
export const verifyRejectedPath = `${verifyEmailPath}?over=rejected`

/** Returns the path of that page that waits for the mail. */
export function verifySentPath(notice: SentNotice): string {
  return `${verifyEmailPath}?sent=${notice}`
}
