import { z } from 'zod'
import { namedParams, readCause, readSecrets } from './letter.ts'
import type { WriteLetter } from './letter-writer.ts'
import { quoteName } from './quote-text.ts'

/** `openUntil`: until when the change waits. */
const consentParams = namedParams.extend({ openUntil: z.coerce.date() })

/**
 * The mail that asks the old mailbox of an account, where both must agree to another email. Its
 * link to undo also cancels a change that was not applied yet, and both links ask for one code.
 */
export const emailChangeConsent: WriteLetter = (mail, { writer, publicUrl }) => {
  const { texts, fill, formatTime } = writer
  const { subject, text, agree, label, cancel, cancelLabel, works } = texts.emailChangeConsent
  const params = consentParams.parse(mail.params)
  const { link } = readSecrets(mail, `${publicUrl}/change-email`)
  const undo = readSecrets(mail, `${publicUrl}/undo`)
  return {
    subject: fill(subject),
    blocks: [
      writer.greet(quoteName(params.displayName)),
      { text: fill(text) },
      writer.describeCause(readCause(mail, params)),
      { text: fill(agree, { until: formatTime(params.openUntil) }) },
      { link: `${link}&of=old`, label },
      { text: texts.code.ask },
      { code: undo.code },
      { text: cancel },
      { link: undo.link, label: cancelLabel },
      { text: fill(works, { until: formatTime(undo.linkExpiresAt) }) },
    ],
  }
}
