import { readDevice } from '@pockitflyer/auth'
import { codeLifetimeSeconds, type MailContent } from '@pockitflyer/auth/mails'
import { z } from 'zod'

/** A part of a mail, from which both its text and its HTML are made. */
export type Block =
  | { text: string }
  /** Six digits, to read and to type. */
  | { code: string }
  /** A link of a mail: most have one. */
  | { link: string; label: string }
  | { facts: [name: string, value: string][] }

/** A mail in words: no user text stands in its subject. */
export interface Letter {
  subject: string
  blocks: Block[]
}

/** The client that caused a mail, in its params. */
export const causeParams = z.object({ ip: z.string().nullable(), userAgent: z.string().nullable() })

/** The same of a mail that may greet its reader by name. */
export const namedParams = causeParams.extend({ displayName: z.string().optional() })

/** The client that caused a mail, in words. */
export interface Cause {
  at: Date
  /** `undefined`: the user agent tells none. */
  browser: string | undefined
  os: string | undefined
  ip: string | undefined
}

/** Reads which client caused a mail, and when. */
export function readCause(
  { createdAt }: MailContent,
  { ip, userAgent }: z.output<typeof causeParams>,
): Cause {
  const { browser, os } = readDevice(userAgent)
  return { at: createdAt, browser: browser ?? undefined, os: os ?? undefined, ip: ip ?? undefined }
}

/** The link and the code of a mail, fit to be read. */
export interface Secrets {
  link: string
  linkExpiresAt: Date
  /** As `123 456`. */
  code: string
  codeMinutes: number
}

/**
 * Returns the link of a mail, which opens a page, and its code.
 * @throws {TypeError} for a mail without a token
 */
export function readSecrets({ template, secrets }: MailContent, page: string): Secrets {
  if (secrets === undefined) throw new TypeError(`a mail ${template} has a token`)
  const { link, code, expiresAt } = secrets
  return {
    link: `${page}?t=${link}`,
    linkExpiresAt: expiresAt,
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    codeMinutes: codeLifetimeSeconds / 60,
  }
}
