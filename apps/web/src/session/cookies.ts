import type { CookieAttributes, CookieReader, CookieWriter } from '../cookies/cookie-jar.ts'
import { type CookieKind, cookieName, writeCookie } from '../cookies/kept-cookie.ts'
import { getEnvironment } from '../environment.ts'
import { findTokenExpiry, findTokenUser } from './token-claims.ts'

/** The tokens of a browser's session, as its cookies hold them. An empty cookie counts as none. */
export interface SessionTokens {
  access: string | undefined
  refresh: string | undefined
}

/** The tokens of a login or a refresh: `refresh` is absent when the presented one stays in use. */
export interface NewTokens {
  access: string
  refresh?: string | undefined
}

type CookieNames = Record<'access' | 'refresh', string>

/**
 * Returns the names of the two cookies. In production the `__Host-` prefix (RFC 6265bis section
 * 4.1.3.2) makes the browser refuse them from a sibling subdomain or over plain HTTP; development
 * on `http://localhost` has no prefix. Browsers share cookies across the ports of a host. So in
 * development the port is in the name, and two web apps do not log each other out.
 */
export function sessionCookieNames(isProduction: boolean): CookieNames {
  if (isProduction) return { access: '__Host-pf_access', refresh: '__Host-pf_refresh' }
  const { port } = getEnvironment()
  return { access: `pf_access_${port}`, refresh: `pf_refresh_${port}` }
}

/** Reads the session's tokens from a request's cookies. */
export function readSession(cookies: CookieReader, isProduction: boolean): SessionTokens {
  const names = sessionCookieNames(isProduction)
  return {
    access: cookies.get(names.access)?.value || undefined,
    refresh: cookies.get(names.refresh)?.value || undefined,
  }
}

/**
 * Writes the session's cookies: HttpOnly, SameSite=Lax, and no longer-lived than the tokens in
 * them. A script may read the one with the user's id.
 */
export function writeSession(cookies: CookieWriter, tokens: NewTokens, isProduction: boolean): void {
  const names = sessionCookieNames(isProduction)
  cookies.set(names.access, tokens.access, attributes(secondsLeft(tokens.access), isProduction))
  if (tokens.refresh === undefined) return
  const lifetime = attributes(secondsLeft(tokens.refresh), isProduction)
  cookies.set(names.refresh, tokens.refresh, lifetime)
  const user = findTokenUser(tokens.access)
  if (user !== undefined) cookies.set(userCookieName(isProduction), user, { ...lifetime, httpOnly: false })
}

/**
 * Returns the name of the cookie with the user's id, as long-lived as the session. A page's script
 * reads it, to notice that another tab has logged in or out. It is no secret and grants nothing.
 */
export function userCookieName(isProduction: boolean): string {
  return isProduction ? '__Host-pf_user' : `pf_user_${getEnvironment().port}`
}

/**
 * Returns the id of the user whose session a request's cookies hold. The tokens are decoded and not
 * verified: it serves to compare, never to decide what a user may do.
 */
export function readUserId(cookies: CookieReader, isProduction: boolean): string | undefined {
  const { access, refresh } = readSession(cookies, isProduction)
  return findTokenUser(access ?? '') ?? findTokenUser(refresh ?? '')
}

/**
 * One cookie for all accounts of a browser. Its token counts for the email that logged in last. It
 * is kept for as long as the service accepts it.
 */
const device: CookieKind = { name: 'pf_device', prefix: '__Host-', path: '/', maxAgeSeconds: 180 * 86_400 }

/** Reads the device token, which outlives the session. */
export function readDeviceToken(cookies: CookieReader, isProduction: boolean): string | undefined {
  return cookies.get(cookieName(device, isProduction))?.value || undefined
}

/** Writes the device token of a login; a service of an earlier version gives none. */
export function writeDeviceToken(
  cookies: CookieWriter,
  token: string | undefined,
  isProduction: boolean,
): void {
  if (token !== undefined) writeCookie(cookies, { kind: device, value: token, isProduction })
}

/** Deletes the session's cookies in the browser. */
export function clearSession(cookies: CookieWriter, isProduction: boolean): void {
  for (const name of Object.values(sessionCookieNames(isProduction))) {
    cookies.set(name, '', attributes(0, isProduction))
  }
  cookies.set(userCookieName(isProduction), '', { ...attributes(0, isProduction), httpOnly: false })
}

function attributes(maxAge: number | undefined, isProduction: boolean): CookieAttributes {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isProduction, maxAge }
}

/** Returns the lifetime of a token's cookie. Without an expiry the cookie ends with the browser. */
function secondsLeft(token: string): number | undefined {
  const expiry = findTokenExpiry(token)
  return expiry === undefined ? undefined : Math.max(0, Math.floor(expiry - Date.now() / 1000))
}
