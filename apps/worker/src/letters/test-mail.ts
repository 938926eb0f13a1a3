import type { WriteLetter } from './letter-writer.ts'

/** The mail of `auth mails test`. */
export const testMail: WriteLetter = (_mail, { writer: { texts, fill } }) => ({
  subject: fill(texts.test.subject),
  blocks: [{ text: fill(texts.test.text) }],
})
