import { describeCause, greet, offer } from './english.ts'
import {
  type Cause,
  causeParams,
  readCause,
  readSecrets,
  type Secrets,
  type WriteLetter,
  type Words,
} from './letter.ts'

const words: Words<Secrets & { brand: string; cause: Cause }> = {
  en: ({ brand, cause, ...secrets }) => ({
    subject: `${secrets.code} is your code for ${brand}`,
    blocks: [
      greet(undefined),
      {
        text: `Somebody asked to use this email for their ${brand} account. If it was you, open this page:`,
      },
      ...offer(secrets, 'Use this email'),
      describeCause(cause),
      { text: 'If it was not you, do nothing: the account keeps the email that it has.' },
    ],
  }),
}

/** The mail to the new email of an account. It is not proven: the user's name is not in it. */
export const emailChange: WriteLetter = (mail, { language, brand, publicUrl }) =>
  words[language]({
    ...readSecrets(mail, `${publicUrl}/change-email`),
    brand,
    cause: readCause(mail, causeParams.parse(mail.params)),
  })

const takenWords: Words<{ brand: string; email: string; cause: Cause }> = {
  en: ({ brand, email, cause }) => ({
    subject: `Somebody wants to use your email at ${brand}`,
    blocks: [
      greet(undefined),
      {
        text: `Somebody wants to move their ${brand} account to ${email}. There is an account with this email, or there was one some days ago, so nothing changes.`,
      },
      describeCause(cause),
      { text: 'If it was you, log in with this email, or choose another one. If not, do nothing.' },
    ],
  }),
}

/** The mail to an email that another account asked for. */
export const emailChangeTaken: WriteLetter = (mail, { language, brand }) =>
  takenWords[language]({
    brand,
    email: mail.toEmail,
    cause: readCause(mail, causeParams.parse(mail.params)),
  })
