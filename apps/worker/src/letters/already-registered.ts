import { namedParams, readCause } from './letter.ts'
import type { WriteLetter } from './letter-writer.ts'
import { quoteName } from './quote-text.ts'

/** The mail to a user whose email was registered once more. */
export const alreadyRegistered: WriteLetter = (mail, { writer, publicUrl }) => {
  const { subject, text, label, end } = writer.texts.alreadyRegistered
  const params = namedParams.parse(mail.params)
  return {
    subject: writer.fill(subject),
    blocks: [
      writer.greet(quoteName(params.displayName)),
      { text: writer.fill(text) },
      { link: `${publicUrl}/login`, label },
      writer.describeCause(readCause(mail, params)),
      { text: end },
    ],
  }
}
