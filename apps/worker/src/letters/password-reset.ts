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
        text: `Somebody asked to reset the password of your ${brand} account. If it was you, open this page:`,
      },
      ...offer(secrets, 'Choose another password'),
      describeCause(cause),
      {
        text: 'If it was not you, do nothing: your password stays as it is. Whoever asked cannot read this mail.',
      },
    ],
  }),
}

/** The mail with the link and the code that reset a password. */
export const passwordReset: WriteLetter = (mail, { language, brand, publicUrl }) => {
  const params = namedParams.parse(mail.params)
  return words[language]({
    ...readSecrets(mail, `${publicUrl}/reset-password`),
    brand,
    name: quoteName(params.displayName),
    cause: readCause(mail, params),
  })
}
