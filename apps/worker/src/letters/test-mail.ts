import type { WriteLetter, Words } from './letter.ts'

const words: Words<{ brand: string }> = {
  en: ({ brand }) => ({
    subject: `A test mail of ${brand}`,
    blocks: [{ text: `Mail of ${brand} arrives here. An operator sent this one to find out.` }],
  }),
}

/** The mail of `auth mails test`. */
export const testMail: WriteLetter = (_mail, { language, brand }) => words[language]({ brand })
