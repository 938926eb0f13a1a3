import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { AuthSettings } from '../settings/settings.ts'
import type { OneTimeToken } from '../db/one-time-tokens.ts'
import { foldEmail } from '../emails/fold-email.ts'

/** What the secrets of a mail are derived from. */
export type SecretSource = Pick<
  OneTimeToken,
  'id' | 'userId' | 'email' | 'codeRound' | 'userEmail' | 'isActive' | 'passwordChangedAt'
> & { purpose: OneTimeToken['purpose'] | 'register' }

/** What a link says before it is looked up: which token it is of. */
export interface ReadLink {
  /** 0: of no user, but of a registration. */
  userId: number
  id: string
  mac: string
}

/**
 * The secrets of mailed links and codes. They are derived from the token's row and a key, and
 * stored nowhere. What must void a link is part of what is signed: another password, another email,
 * a deactivated user.
 */
export interface MailSecrets {
  /** The text of a link: `user.id.mac`, 27 characters of which are secret (160 bits). */
  link(token: SecretSource): string
  /** The six digits of a token's code. */
  code(token: SecretSource): string
  isLink(token: SecretSource, mac: string): boolean
  isCode(token: SecretSource, code: string): boolean
}

/** Creates the secrets. `keys`: the first makes links and codes, all of them read. */
export function createMailSecrets(keys: readonly Buffer[]): MailSecrets {
  const [first] = keys
  if (first === undefined) throw new TypeError('mail secrets need a key')
  return {
    link: (token) => `${token.userId.toString(36)}.${toShortId(token.id)}.${linkMac(first, token)}`,
    code: (token) => codeOf(first, token),
    isLink: (token, mac) => keys.some((key) => isEqual(linkMac(key, token), mac)),
    isCode: (token, code) => keys.some((key) => isEqual(codeOf(key, token), code)),
  }
}

const form = /^(0|[1-9a-z][0-9a-z]{0,10})\.([\w-]{22})\.([\w-]{27})$/

/** Reads the text of a link. `undefined`: no link has this form. */
export function readLink(text: string): ReadLink | undefined {
  const [, user = '', shortId = '', mac = ''] = form.exec(text) ?? []
  const userId = Number.parseInt(user, 36)
  if (!Number.isSafeInteger(userId)) return undefined
  const hex = Buffer.from(shortId, 'base64url').toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
  return toShortId(id) === shortId ? { userId, id, mac } : undefined // Else it has stray bits.
}

/** A UUID in 22 characters. */
function toShortId(id: string): string {
  return Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')
}

const linkMacBytes = 20

function linkMac(key: Buffer, token: SecretSource): string {
  return macOf(key, 'link', token).subarray(0, linkMacBytes).toString('base64url')
}

/** Six digits. The first 48 bits modulo a million: no digit is likelier than another by 10^-8. */
function codeOf(key: Buffer, token: SecretSource): string {
  const number = macOf(key, `code ${token.codeRound}`, token).readUIntBE(0, 6)
  return String(number % 1_000_000).padStart(6, '0')
}

function macOf(key: Buffer, label: string, token: SecretSource): Buffer {
  const { purpose, id, userId, email } = token
  return createHmac('sha256', key)
    .update(JSON.stringify(['v1', label, purpose, id, userId, email, stateOf(token)]))
    .digest()
}

/**
 * What of the user a secret depends on. For the password stands the time of its last change: a
 * login may replace the hash of the same password. To prove an email it does not matter. An undo
 * depends on nothing that an attacker can change, and a registration has no user.
 */
function stateOf({ purpose, passwordChangedAt, userEmail, isActive }: SecretSource): unknown {
  if (purpose === 'undo' || purpose === 'register') return []
  const account = [foldEmail(userEmail), isActive]
  return purpose === 'verify_email' ? account : [passwordChangedAt, ...account]
}

function isEqual(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/**
 * Returns the keys of mailed links: `MAIL_KEY` and `MAIL_KEY_OLD` or, without them, keys derived
 * (RFC 5869) from those that sign access tokens. The worker knows these alone.
 */
export function deriveMailKeys(settings: Pick<AuthSettings, 'mails' | 'signingKey' | 'secretKey'>): Buffer[] {
  const { key, oldKey } = settings.mails
  return key === undefined ? deriveFromSigningKeys(settings) : toMailKeys(key, oldKey)
}

type SigningKeys = Pick<AuthSettings, 'signingKey' | 'secretKey'>

function deriveFromSigningKeys({ signingKey, secretKey }: SigningKeys): Buffer[] {
  return [signingKey?.key.export({ type: 'pkcs8', format: 'der' }), secretKey].flatMap((secret) =>
    secret === undefined ? [] : [deriveMailKey(secret)],
  )
}

/** What the worker must be told of the service's keys, by the names of its settings. */
export interface MailKeySettings {
  MAIL_KEY: string
  MAIL_KEY_OLD?: string
}

/**
 * Returns the keys that the service without a `MAIL_KEY` derives, as settings of the worker. No key
 * that signs follows from them.
 * @throws {TypeError} without a key that signs
 */
export function deriveMailKeySettings(keys: SigningKeys): MailKeySettings {
  const [key, oldKey] = deriveFromSigningKeys(keys).map(String)
  if (key === undefined) throw new TypeError('there is no key to derive MAIL_KEY from')
  return { MAIL_KEY: key, ...(oldKey !== undefined && { MAIL_KEY_OLD: oldKey }) }
}

/** Returns the keys that `MAIL_KEY` and `MAIL_KEY_OLD` stand for. */
export function toMailKeys(key: string, oldKey: string | undefined): Buffer[] {
  return [key, oldKey].flatMap((text) => (text === undefined ? [] : [Buffer.from(text)]))
}

/** Derives a key of mailed links from one that signs. As base64url it is a `MAIL_KEY`. */
function deriveMailKey(secret: string | Buffer): Buffer {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', 'pockitflyer mail', 32))
  return Buffer.from(derived.toString('base64url'))
}
