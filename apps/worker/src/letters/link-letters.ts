import { namedParams, readCause, readSecrets } from './letter.ts'
import type { WriteLetter } from './letter-writer.ts'
import { quoteName } from './quote-text.ts'
import type { LetterTexts } from './texts/letter-texts.ts'

interface LinkTexts {
  /** Without it: the code. */
  subject?: string
  text: string
  label: string
  end: string
}

/** Returns the letter whose link opens a page. */
function linkLetter(path: string, find: (texts: LetterTexts) => LinkTexts): WriteLetter {
  return (mail, { writer, publicUrl }) => {
    const { texts, fill } = writer
    const { subject = texts.codeSubject, text, label, end } = find(texts)
    const params = namedParams.parse(mail.params)
    const secrets = readSecrets(mail, publicUrl + path)
    return {
      subject: fill(subject, { code: secrets.code }),
      blocks: [
        writer.greet(quoteName(params.displayName)),
        { text: fill(text) },
        ...writer.offer(secrets, label),
        writer.describeCause(readCause(mail, params)),
        { text: end },
      ],
    }
  }
}

/** The mail with the link and the code that reset a password. */
export const passwordReset = linkLetter('/reset-password', (texts) => texts.passwordReset)

/** The mail with the link and the code that prove an email. */
export const verifyEmail = linkLetter('/verify-email', (texts) => texts.verifyEmail)

/** The mail that leads from an undo to another password. */
export const accountRecovered = linkLetter('/reset-password', (texts) => texts.accountRecovered)

/** The mail to the new email of an account. It is not proven: no name is in it. */
export const emailChange: WriteLetter = (mail, options) => {
  const { displayName: _, ...params } = namedParams.parse(mail.params)
  return linkLetter('/change-email', (texts) => texts.emailChange)({ ...mail, params }, options)
}
