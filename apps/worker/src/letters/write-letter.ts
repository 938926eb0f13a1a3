import { readDevice } from '@pockitflyer/auth'
import { codeLifetimeSeconds, type MailContent, type Notice, notices } from '@pockitflyer/auth/mails'
import { z } from 'zod'
import { en } from './en.ts'
import type { Asked, Catalogue, Letter } from './letter.ts'
import { quoteName } from './quote-text.ts'
import { renderLetter, type RenderedMail } from './render-letter.ts'

interface WriteOptions {
  brand: string
  /** The origin of links. */
  publicUrl: string
}

type Write = (mail: MailContent, options: WriteOptions) => Letter

/**
 * Writes a mail of the outbox out, as text and as HTML.
 * @throws {TypeError} for a template that this version does not know: a newer one wrote the mail
 */
export async function writeMail(mail: MailContent, options: WriteOptions): Promise<RenderedMail> {
  const write = templates.get(mail.template)
  if (write === undefined) throw new TypeError(`this worker knows no template ${mail.template}`)
  return renderLetter(write(mail, options), { language: catalogue.language, brand: options.brand })
}

/** The one language so far. */
const catalogue: Catalogue = en

const who = z.object({ ip: z.string().nullable(), userAgent: z.string().nullable() })
const named = who.extend({ displayName: z.string() })

const templates = new Map<string, Write>([
  ['password_reset', writePasswordReset],
  ['no_account', writeNoAccount],
  ...notices.map((notice): [string, Write] => [notice, (...mail) => writeNotice(notice, ...mail)]),
  ['test', (_mail, { brand }) => catalogue.test({ brand })],
])

function writePasswordReset(mail: MailContent, { brand, publicUrl }: WriteOptions): Letter {
  if (mail.secrets === undefined) throw new TypeError('a mail of a password reset has a token')
  const { link, code, expiresAt } = mail.secrets
  const params = named.parse(mail.params)
  return catalogue.password_reset({
    brand,
    name: quoteName(params.displayName),
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    codeMinutes: codeLifetimeSeconds / 60,
    link: `${publicUrl}/reset-password?t=${link}`,
    linkExpiresAt: expiresAt,
    asked: readAsked(mail, params),
  })
}

function writeNoAccount(mail: MailContent, { brand }: WriteOptions): Letter {
  return catalogue.no_account({ brand, email: mail.toEmail, asked: readAsked(mail, who.parse(mail.params)) })
}

function writeNotice(notice: Notice, mail: MailContent, { brand, publicUrl }: WriteOptions): Letter {
  const params = named.parse(mail.params)
  return catalogue.notice({
    notice,
    brand,
    name: quoteName(params.displayName),
    forgotPasswordUrl: `${publicUrl}/forgot-password`,
    done: readAsked(mail, params),
  })
}

function readAsked({ createdAt }: MailContent, { ip, userAgent }: z.output<typeof who>): Asked {
  const { browser, os } = readDevice(userAgent)
  return { at: createdAt, browser: browser ?? undefined, os: os ?? undefined, ip: ip ?? undefined }
}
