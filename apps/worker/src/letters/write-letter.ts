import type { MailContent } from '@pockitflyer/auth/mails'
import { alreadyRegistered } from './already-registered.ts'
import { emailChangeConsent } from './email-change-consent.ts'
import { createLetterWriter, type WriteLetter } from './letter-writer.ts'
import { accountRecovered, emailChange, passwordReset, verifyEmail } from './link-letters.ts'
import { noticeLetters } from './notice.ts'
import { emailChangeTaken, emailKept, noAccount } from './plain-letters.ts'
import { renderLetter, type RenderedMail } from './render-letter.ts'
import { testMail } from './test-mail.ts'

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

interface MailOptions {
  /** What mails call the product. */
  brand: string
  /** The origin of links. */
  publicUrl: string
}

/**
 * Writes a mail of the outbox out, as text and as HTML, in its language.
 * @throws {TypeError} for a template that this version does not know: a newer one wrote the mail
 */
export async function writeMail(mail: MailContent, { brand, publicUrl }: MailOptions): Promise<RenderedMail> {
  const write = letters.get(mail.template)
  if (write === undefined) throw new TypeError(`this worker knows no template ${mail.template}`)
  const { language } = mail
  const letter = write(mail, { writer: createLetterWriter(language, brand), publicUrl })
  return renderLetter(letter, { language, brand })
}
