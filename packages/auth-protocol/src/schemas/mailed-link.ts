import type { z } from 'zod'
import { fieldTexts } from '../errors/field-texts.ts'
import { text, trimmed } from './text.ts'

/** The secret that a page keeps in its browser from the request for a mail on. */
export const browser = text.optional().meta({
  description:
    'A random secret that the page keeps in the browser, the same in the request for the mail and with its link: it proves that ' +
    'the browser is the one that asked.',
})

/** The secret of a mailed link. */
export const link = trimmed.min(1, fieldTexts.blank).optional().meta({
  description: 'The parameter `t` of the link in the mail.',
})

/** The six digits of a mail. */
export const code = trimmed
  .min(1, fieldTexts.blank)
  .overwrite((value) => value.replace(/[\s-]/g, ''))
  .optional()
  .meta({ description: 'The six digits of the mail; space among them is ignored.' })

interface Proof {
  token?: string | undefined
  email?: string | undefined
  code?: string | undefined
}

/** Requires `token`, or `email` and `code`. */
export function requireProof({ token, email, code }: Proof, context: z.RefinementCtx): void {
  if (token !== undefined || (email !== undefined && code !== undefined)) return
  const path = email === undefined && code === undefined ? 'token' : email === undefined ? 'email' : 'code'
  context.addIssue({ code: 'custom', path: [path], message: fieldTexts.required })
}
