/** The page that asks for a mail. */
export const forgotPasswordPath = '/forgot-password'

/** The page that the link of the mail opens: mails that are on their way name it, so it stays. */
export const resetPasswordPath = '/reset-password'

/** Why a link goes no further. */
export type LinkOver = 'invalid' | 'used'

/** Returns the path of the page that says so. */
export function linkOverPath(because: LinkOver): string {
  return `${resetPasswordPath}?over=${because}`
}

/** What the page of the sent mail says first. */
export type SentNotice = 'sent' | 'again' | 'too-soon'

/** Returns the path of the page that waits for the mail. */
export function mailSentPath(notice: SentNotice): string {
  return `${forgotPasswordPath}?sent=${notice}`
}
