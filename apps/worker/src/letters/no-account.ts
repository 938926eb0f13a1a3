import { describeCause, greet } from './english.ts'
import { type Cause, causeParams, readCause, type WriteLetter, type Words } from './letter.ts'

const words: Words<{ brand: string; email: string; cause: Cause }> = {
  en: ({ brand, email, cause }) => ({
    subject: `No ${brand} account has this email`,
    blocks: [
      greet(undefined),
      {
        text: `Somebody asked to reset a password at ${brand} with ${email}, but there is no account with this email. If it was you, try your other emails, or register.`,
      },
      describeCause(cause),
      { text: 'If it was not you, do nothing.' },
    ],
  }),
}

/** The mail to an email without an account for which a reset was asked. */
export const noAccount: WriteLetter = (mail, { language, brand }) =>
  words[language]({ brand, email: mail.toEmail, cause: readCause(mail, causeParams.parse(mail.params)) })
