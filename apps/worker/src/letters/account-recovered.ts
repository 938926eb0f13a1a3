import { describeCause, greet, offer } from './english.ts'
import { linkLetter } from './link-letter.ts'

/** The mail that leads from an undo to another password. */
export const accountRecovered = linkLetter('/reset-password', {
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
})
