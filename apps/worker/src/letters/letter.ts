import type { Notice } from '@pockitflyer/auth/mails'

/** A part of a mail, from which both its text and its HTML are made. */
export type Block =
  | { text: string }
  /** Six digits, to read and to type. */
  | { code: string }
  /** The one link of a mail. */
  | { link: string; label: string }
  | { facts: [name: string, value: string][] }

/** A mail in words: no user text stands in its subject. */
export interface Letter {
  subject: string
  blocks: Block[]
}

/** Who asked for a mail, in words. */
export interface Asked {
  at: Date
  /** `undefined`: the user agent tells none. */
  browser: string | undefined
  os: string | undefined
  ip: string | undefined
}

/** What a language says: a function for each template. Another language is another file. */
export interface Catalogue {
  /** The language, for `lang` (BCP 47). */
  language: string
  password_reset(values: {
    brand: string
    /** As the person chose it, fit to stand in text; `undefined`: none was chosen. */
    name: string | undefined
    /** As `123 456`. */
    code: string
    codeMinutes: number
    link: string
    linkExpiresAt: Date
    asked: Asked
  }): Letter
  no_account(values: { brand: string; email: string; asked: Asked }): Letter
  notice(values: {
    notice: Notice
    brand: string
    name: string | undefined
    /** The page that asks for a mail to choose another password. */
    forgotPasswordUrl: string
    /** When it was, and which client did it. */
    done: Asked
  }): Letter
  test(values: { brand: string }): Letter
}
