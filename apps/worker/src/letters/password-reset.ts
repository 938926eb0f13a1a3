import { describeCause, greet, offer } from './english.ts'
import { linkLetter } from './link-letter.ts'

/** The mail with the link and the code that reset a password. */
export const passwordReset = linkLetter('/reset-password', {
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
})
