import { describeCause, greet, offer } from './english.ts'
import {
  type Cause,
  namedParams,
  readCause,
  readSecrets,
  type Secrets,
  type WriteLetter,
  type Words,
} from './letter.ts'
import { quoteName } from './quote-text.ts'

const words: Words<Secrets & { brand: string; name: string | undefined; cause: Cause }> = {
  en: ({ brand, name, cause, ...secrets }) => ({
    subject: `Choose another password for ${brand}`,
    blocks: [
      greet(name),
      {
        text: `A change of your ${brand} account was undone with a mail to you. The account has this email, every device is logged out, and no password works until you choose one:`,
      },
      ...offer(secrets, 'Choose a password'),
      { text: 'After that, ask for another mail at the login.' },
      describeCause(cause),
    ],
  }),
}

/** The mail that leads from an undo to another password. */
export const accountRecovered: WriteLetter = (mail, { language, brand, publicUrl }) => {
  const params = namedParams.parse(mail.params)
  return words[language]({
    ...readSecrets(mail, `${publicUrl}/reset-password`),
    brand,
    name: quoteName(params.displayName),
    cause: readCause(mail, params),
  })
}
