import { z } from 'zod'
import { describeCause, formatTime, greet } from './english.ts'
import { type Cause, causeParams, readCause, type WriteLetter, type Words } from './letter.ts'

const params = causeParams.extend({ keptUntil: z.coerce.date() })

const words: Words<{ brand: string; keptUntil: Date; cause: Cause }> = {
  en: ({ brand, keptUntil, cause }) => ({
    subject: `You can register at ${brand} later`,
    blocks: [
      greet(undefined),
      {
        text: `Somebody registered at ${brand} with this email. An account had it until lately and can take it back for some days, so nothing was registered. If it was you, register again after ${formatTime(keptUntil)}, or use another email.`,
      },
      describeCause(cause),
      { text: 'If it was not you, do nothing.' },
    ],
  }),
}

/** The mail to an email that was registered within the week in which its last account keeps it. */
export const emailKept: WriteLetter = (mail, { language, brand }) => {
  const { keptUntil, ...cause } = params.parse(mail.params)
  return words[language]({ brand, keptUntil, cause: readCause(mail, cause) })
}
