import { withALabel } from '@pockitflyer/auth/mails'
import { z } from 'zod'

/** One mailbox: what a person reads, and what SMTP takes, its domain as an A-label. */
export interface MailAddress {
  name: string
  address: string
}

const form = /^(?:"(?<quoted>[^"\\]*)"|(?<bare>[^"<>(),:;@[\]\\]*))\s*<(?<inBrackets>[^<>\s]+)>$/

/** RFC 5321 without quoted local parts and address literals. */
const mailbox =
  /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)*[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i

/**
 * One mailbox, `accounts@example.com` or `Pockitflyer <accounts@example.com>`. A list, a group and
 * a comment are refused: no text of a setting becomes a second recipient or header.
 */
export const mailAddress = z.string().transform((text, context): MailAddress => {
  const { quoted, bare, inBrackets } = form.exec(text)?.groups ?? {}
  const address = withALabel(inBrackets ?? text)
  if (mailbox.test(address) && !/\p{Cc}/u.test(text)) return { name: (quoted ?? bare ?? '').trim(), address }
  context.addIssue('must be one address, accounts@example.com or Pockitflyer <accounts@example.com>')
  return z.NEVER
})
