import { z } from 'zod'
import { describeCause, formatTime, greet } from './english.ts'
import {
  type Cause,
  namedParams,
  readCause,
  readSecrets,
  type Secrets,
  type WriteLetter,
  type Words,
} from './letter.ts'
import { quoteName } from './quote-text.ts'

const consentParams = namedParams.extend({ openUntil: z.string() })

interface Values {
  brand: string
  name: string | undefined
  /** Its link undoes the change, also one that was not applied yet. */
  undo: Secrets
  /** The link that agrees to the change. It asks for the same code. */
  agreeLink: string
  /** Until when the change waits. */
  openUntil: Date
  cause: Cause
}

const words: Words<Values> = {
  en: ({ brand, name, undo, agreeLink, openUntil, cause }) => ({
    subject: `May your ${brand} account get another email?`,
    blocks: [
      greet(name),
      {
        text: `Somebody with your password asked for another email of your ${brand} account. It changes only if you agree here, and that email is confirmed too.`,
      },
      describeCause(cause),
      { text: `If it was you, agree until ${formatTime(openUntil)}:` },
      { link: agreeLink, label: 'Agree to another email' },
      { text: 'Does the page ask for a code? Type this one:' },
      { code: undo.code },
      {
        text: 'If it was not you, do not agree. Cancel the change here, with the same code: every device is logged out, and you choose another password.',
      },
      { link: undo.link, label: 'It was not me: cancel' },
      {
        text: `That link works until ${formatTime(undo.linkExpiresAt)}, also after the change. Give the links and the code to nobody.`,
      },
    ],
  }),
}

/** The mail that asks the old mailbox of an account, where both must agree to another email. */
export const emailChangeConsent: WriteLetter = (mail, { language, brand, publicUrl }) => {
  const params = consentParams.parse(mail.params)
  const { link } = readSecrets(mail, `${publicUrl}/change-email`)
  return words[language]({
    brand,
    name: quoteName(params.displayName),
    undo: readSecrets(mail, `${publicUrl}/undo`),
    agreeLink: `${link}&of=old`,
    openUntil: new Date(params.openUntil),
    cause: readCause(mail, params),
  })
}
