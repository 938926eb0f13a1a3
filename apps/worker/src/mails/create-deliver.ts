import { type Deliver, type MailContent, MailRefusedError, withALabel } from '@pockitflyer/auth/mails'
import { createTransport, type NodemailerError } from 'nodemailer'
import { writeMail } from '../letters/write-letter.ts'
import type { SmtpServer } from '../settings/smtp-url.ts'
import type { MailSettings } from '../settings/settings.ts'

/** Timeouts in milliseconds: to connect, to be greeted, and of each silence after that. */
const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 }

/** How long one mail may take altogether, in milliseconds: a server may trickle. */
export const deliveryLimitMs = 45_000

/** What sends mails, and lets go of the SMTP server. */
export interface Delivery {
  deliver: Deliver
  close: () => void
}

/**
 * Creates what writes a mail out and hands it to the SMTP server. Connections stay open between
 * mails. `deliver` throws `MailRefusedError` when the server refuses the recipient or the mail for
 * good, and anything else when another try may succeed.
 */
export function createDelivery(settings: MailSettings): Delivery {
  const { server, connections, from, replyTo, brand, publicUrl } = settings
  const transport = createTransport({
    pool: true,
    maxConnections: connections,
    maxRequeues: 0, // The queue of jobs tries again, and counts.
    host: server.host,
    port: server.port,
    ...(server.auth && { auth: server.auth }),
    ...toTls(server),
    ...timeouts,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { hostname } = new URL(publicUrl)

  async function deliver(mail: MailContent): Promise<string> {
    const { subject, text, html } = await writeMail(mail, { brand, publicUrl })
    // An object is taken as it is. A text would be parsed, and might name two (CVE-2022-35924).
    const to = { name: '', address: withALabel(mail.toEmail) }
    const sent = await transport.sendMail({
      from,
      to,
      ...(replyTo && { replyTo }),
      envelope: { from: { name: '', address: from.address }, to: [to] },
      messageId: `<${mail.id}@${hostname}>`,
      date: mail.createdAt,
      subject,
      text,
      html,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
      signal: AbortSignal.timeout(deliveryLimitMs),
    })
    return sent.response
  }

  return {
    async deliver(mail) {
      try {
        return await deliver(mail)
      } catch (error) {
        if (isRefusal(error)) throw new MailRefusedError(error.message, { cause: error })
        throw error
      }
    },
    close: () => transport.close(),
  }
}

function toTls({ security }: SmtpServer) {
  if (security === 'tls') return { secure: true }
  if (security === 'starttls') return { requireTLS: true }
  return { tls: { rejectUnauthorized: false } }
}

/** Replies to a login that is missing, weak or wrong (RFC 4954 section 6): of the settings. */
const loginReplies = new Set([530, 534, 535, 538])

/**
 * A reply of 5xx to the recipient or to the mail itself (RFC 5321 section 4.2.1). One to the sender
 * or to a login says nothing about the mailbox.
 */
function isRefusal(error: unknown): error is NodemailerError {
  if (!(error instanceof Error)) return false
  const { code, command, permanent, responseCode = 0 }: NodemailerError = error
  const isOfMail = (code === 'EENVELOPE' && command === 'RCPT TO') || code === 'EMESSAGE'
  return isOfMail && permanent === true && !loginReplies.has(responseCode)
}
