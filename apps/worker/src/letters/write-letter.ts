import type { MailContent } from '@pockitflyer/auth/mails'
import { accountRecovered } from './account-recovered.ts'
import { emailChange, emailChangeTaken } from './email-change.ts'
import { emailChangeConsent } from './email-change-consent.ts'
import { emailKept } from './email-kept.ts'
import type { Language, LetterOptions, WriteLetter } from './letter.ts'
import { alreadyRegistered } from './already-registered.ts'
import { noAccount } from './no-account.ts'
import { noticeLetters } from './notice.ts'
import { passwordReset } from './password-reset.ts'
import { renderLetter, type RenderedMail } from './render-letter.ts'
import { testMail } from './test-mail.ts'
import { verifyEmail } from './verify-email.ts'

/** The one list of letters, by template. */
const letters = new Map<string, WriteLetter>(
  Object.entries({
    password_reset: passwordReset,
    no_account: noAccount,
    email_change: emailChange,
    email_change_taken: emailChangeTaken,
    email_change_consent: emailChangeConsent,
    account_recovered: accountRecovered,
    verify_email: verifyEmail,
    already_registered: alreadyRegistered,
    email_kept: emailKept,
    ...noticeLetters,
    test: testMail,
  }),
)

/** The names of all templates. */
export const templates: string[] = [...letters.keys()]

/** The one language so far. */
const language: Language = 'en'

/**
 * Writes a mail of the outbox out, as text and as HTML.
 * @throws {TypeError} for a template that this version does not know: a newer one wrote the mail
 */
export async function writeMail(
  mail: MailContent,
  options: Omit<LetterOptions, 'language'>,
): Promise<RenderedMail> {
  const write = letters.get(mail.template)
  if (write === undefined) throw new TypeError(`this worker knows no template ${mail.template}`)
  return renderLetter(write(mail, { ...options, language }), { language, brand: options.brand })
}
