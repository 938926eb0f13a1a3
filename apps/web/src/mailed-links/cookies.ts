import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { CookieReader, CookieWriter } from '../cookies/cookie-jar.ts'
import { clearCookie, type CookieKind, cookieName, readCookie, writeCookie } from '../cookies/kept-cookie.ts'
import { accountEmailPath, forgotPasswordPath, resetPasswordPath, verifyEmailPath } from './paths.ts'

/** As long as a link works. */
const linkSeconds = 3600

/** The secret of the browser that asks for a mail. */
const ask: CookieKind = { name: 'pf_ask', prefix: '__Host-', path: '/', maxAgeSeconds: linkSeconds }

/** Where the mail went, for the page that waits for it. */
const asked: CookieKind = {
  name: 'pf_asked',
  prefix: '__Secure-',
  path: forgotPasswordPath,
  maxAgeSeconds: linkSeconds,
}

/** The new email to which the mail of a change went, for the page that waits for it. */
const askedChange: CookieKind = {
  name: 'pf_asked_change',
  prefix: '__Secure-',
  path: accountEmailPath,
  maxAgeSeconds: 86_400,
}

/** Which email this browser waits to verify, as long as its link works: a day. */
const verifying: CookieKind = {
  name: 'pf_verifying',
  prefix: '__Secure-',
  path: verifyEmailPath,
  maxAgeSeconds: 86_400,
}

/** The proof that the visitor has the mail, between its check and the new password. */
const proof: CookieKind = {
  name: 'pf_proof',
  prefix: '__Secure-',
  path: resetPasswordPath,
  maxAgeSeconds: 900,
}

/** A mail that was asked for. */
const askedMail = z.object({
  /** As the visitor typed it. */
  email: z.string(),
  /** When, in epoch seconds. */
  at: z.number(),
})

export type AskedMail = z.output<typeof askedMail>

const resetProof = z.union([
  z.object({ token: z.string() }).strict(),
  z.object({ email: z.string(), code: z.string() }).strict(),
])

/** What proves that the visitor has the mail: its link, or the email and the code. */
export type ResetProof = z.output<typeof resetProof>

/** Reads the secret of a browser that has asked for a mail. */
export function readBrowserSecret(cookies: CookieReader, isProduction: boolean): string | undefined {
  const value = cookies.get(cookieName(ask, isProduction))?.value
  return value !== undefined && /^[\w-]{43}$/.test(value) ? value : undefined
}

/**
 * Returns the secret of this browser, 256 random bits where it has none, and keeps it for an hour.
 * It stays the same in a further request: a mail may be on its way.
 */
export function keepBrowserSecret(cookies: CookieReader & CookieWriter, isProduction: boolean): string {
  const secret = makeBrowserSecret(cookies, isProduction)
  writeBrowserSecret(cookies, secret, isProduction)
  return secret
}

/** Returns the secret of this browser, or one that is not kept yet. */
export function makeBrowserSecret(cookies: CookieReader, isProduction: boolean): string {
  return readBrowserSecret(cookies, isProduction) ?? randomBytes(32).toString('base64url')
}

/** Keeps the secret of this browser for an hour. */
export function writeBrowserSecret(cookies: CookieWriter, secret: string, isProduction: boolean): void {
  writeCookie(cookies, { kind: ask, value: secret, isProduction })
}

/** Reads which email this browser waits to verify. */
export function readVerifyingMail(cookies: CookieReader, isProduction: boolean): AskedMail | undefined {
  return readCookie(cookies, { kind: verifying, schema: askedMail, isProduction })
}

/** Keeps which email this browser waits to verify. */
export function writeVerifyingMail(cookies: CookieWriter, mail: AskedMail, isProduction: boolean): void {
  writeCookie(cookies, { kind: verifying, value: JSON.stringify(mail), isProduction })
}

/** Deletes which email this browser waits to verify. */
export function clearVerifyingMail(cookies: CookieWriter, isProduction: boolean): void {
  clearCookie(cookies, verifying, isProduction)
}

/** Reads the mail that this browser asked for. */
export function readAskedMail(cookies: CookieReader, isProduction: boolean): AskedMail | undefined {
  return readCookie(cookies, { kind: asked, schema: askedMail, isProduction })
}

/** Keeps which mail this browser asked for. */
export function writeAskedMail(cookies: CookieWriter, mail: AskedMail, isProduction: boolean): void {
  writeCookie(cookies, { kind: asked, value: JSON.stringify(mail), isProduction })
}

/** Reads the mail of the change of email that this browser asked for. */
export function readAskedChange(cookies: CookieReader, isProduction: boolean): AskedMail | undefined {
  return readCookie(cookies, { kind: askedChange, schema: askedMail, isProduction })
}

/** Keeps to which new email a mail went. */
export function writeAskedChange(cookies: CookieWriter, mail: AskedMail, isProduction: boolean): void {
  writeCookie(cookies, { kind: askedChange, value: JSON.stringify(mail), isProduction })
}

/** Forgets the change of email. */
export function clearAskedChange(cookies: CookieWriter, isProduction: boolean): void {
  clearCookie(cookies, askedChange, isProduction)
}

/** Reads the proof of a visitor who may choose another password. */
export function readProof(cookies: CookieReader, isProduction: boolean): ResetProof | undefined {
  return readCookie(cookies, { kind: proof, schema: resetProof, isProduction })
}

/** Keeps the proof until the new password is chosen, for at most 15 minutes. */
export function writeProof(cookies: CookieWriter, value: ResetProof, isProduction: boolean): void {
  writeCookie(cookies, { kind: proof, value: JSON.stringify(value), isProduction })
}

/** Deletes the proof. */
export function clearProof(cookies: CookieWriter, isProduction: boolean): void {
  clearCookie(cookies, proof, isProduction)
}

/** Deletes every cookie of the reset. */
export function clearReset(cookies: CookieWriter, isProduction: boolean): void {
  for (const kind of [ask, asked, proof]) clearCookie(cookies, kind, isProduction)
}
