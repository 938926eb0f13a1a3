import { z } from 'zod'
import { causeParams, readCause } from './letter.ts'
import type { WriteLetter } from './letter-writer.ts'
import type { LetterTexts } from './texts/letter-texts.ts'

interface PlainTexts {
  subject: string
  text: string
  end: string
}

const params = causeParams.extend({ keptUntil: z.coerce.date().optional() })

/** Returns a letter without a link to an email whose reader is not known. */
function plainLetter(find: (texts: LetterTexts) => PlainTexts): WriteLetter {
  return (mail, { writer: { texts, ...writer } }) => {
    const { subject, text, end } = find(texts)
    const { keptUntil, ...cause } = params.parse(mail.params)
    const until = keptUntil === undefined ? {} : { until: writer.formatTime(keptUntil) }
    return {
      subject: writer.fill(subject),
      blocks: [
        writer.greet(undefined),
        { text: writer.fill(text, { email: mail.toEmail, ...until }) },
        writer.describeCause(readCause(mail, cause)),
        { text: end },
      ],
    }
  }
}

/** The mail to an email without an account for which a reset was asked. */
export const noAccount = plainLetter((texts) => texts.noAccount)

/** The mail to an email that another account asked for. */
export const emailChangeTaken = plainLetter((texts) => texts.emailChangeTaken)

/** The mail to an email that was registered within the week in which its last account keeps it. */
export const emailKept = plainLetter((texts) => texts.emailKept)
