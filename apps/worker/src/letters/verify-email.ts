import { describeCause, greet, offer } from './english.ts'
import { linkLetter } from './link-letter.ts'

/** The mail with the link and the code that prove an email. */
export const verifyEmail = linkLetter('/verify-email', {
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
})
