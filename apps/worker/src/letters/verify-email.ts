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
    subject: `${secrets.code} is your code for ${brand}`,
    blocks: [
      greet(name),
      {
        text: `Somebody registered at ${brand} with this email. If it was you, open this page to confirm the email:`,
      },
      ...offer(secrets, 'Confirm this email'),
      describeCause(cause),
      {
        text: 'If it was not you, do not confirm: the account would have a password that another person chose.',
      },
    ],
  }),
}

/** The mail with the link and the code that prove an email. */
export const verifyEmail: WriteLetter = (mail, { language, brand, publicUrl }) => {
  const params = namedParams.parse(mail.params)
  return words[language]({
    ...readSecrets(mail, `${publicUrl}/verify-email`),
    brand,
    name: quoteName(params.displayName),
    cause: readCause(mail, params),
  })
}
