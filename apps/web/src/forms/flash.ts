import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { IncomingMessage } from 'node:http'
import { stringifySetCookie } from 'cookie'
import { z } from 'zod'
import type { CookieReader, CookieWriter } from '../cookies/cookie-jar.ts'
import { cookieAttributes, type CookieKind, cookieName, writeCookie } from '../cookies/kept-cookie.ts'
import { readUserId } from '../session/cookies.ts'
import type { FormState } from './form-state.ts'

/** The state of a form that was sent without JavaScript, on its way to the page that shows it. */
export interface Flash extends FormState<string> {
  /** The user who sent the form: no other one sees it. Undefined for a stranger. */
  owner: string | undefined
  /** The path of the page, with its query. */
  page: string
}

/** The longest value that every browser keeps: 4096 bytes, name and attributes included. */
const maxBytes = 3800

/** Longest text that is compressed: more does not fit. */
const maxLength = 32_768

/** As long as a login in between may take. */
const maxAgeSeconds = 15 * 60

const schema = z.object({
  attempt: z.number(),
  values: z.record(z.string(), z.string()),
  errors: z.record(z.string(), z.string()),
  toCorrect: z.string().optional(),
  draft: z.literal('restored').optional(),
  owner: z.string().optional(),
  page: z.string(),
})

/**
 * Keeps the state for one load of its page. Returns whether it fits in a cookie, which holds it
 * compressed: 2,000 letters of a language, in any script, mostly fit.
 */
export function writeFlash(cookies: CookieWriter, flash: Flash, isProduction: boolean): boolean {
  const text = JSON.stringify(flash)
  if (text.length > maxLength) return false
  const value = deflateRawSync(text).toString('base64url')
  if (value.length > maxBytes) return false
  writeCookie(cookies, { kind: flashOf(flash.page), value, isProduction })
  return true
}

/** Reads the state for the user of this session; undefined for what this app did not write. */
export function readFlash(cookies: CookieReader, isProduction: boolean): Flash | undefined {
  const value = cookies.get(cookieName(flashOf('/'), isProduction))?.value
  // Most pages come without one, and zlib allocates before it reads.
  if (!value) return undefined
  const flash = unpack(value)
  return flash?.owner === readUserId(cookies, isProduction) ? flash : undefined
}

function unpack(value: string): Flash | undefined {
  try {
    const text = inflateRawSync(Buffer.from(value, 'base64url'), { maxOutputLength: 4 * maxLength })
    const { data } = schema.safeParse(JSON.parse(text.toString()))
    return data && { ...data, toCorrect: data.toCorrect, owner: data.owner }
  } catch {
    return undefined
  }
}

/**
 * Returns the `Set-Cookie` line with which the answer of a page forgets the state that it shows: a
 * reload shows the form alone. Undefined where the request has none, or the page shows none of it.
 * Not a task of `proxy.ts`: the page does not see a cookie that this deletes.
 */
export function forgetFlash(
  { method, page }: Pick<IncomingMessage, 'method'> & { page: string },
  cookies: CookieReader,
  isProduction: boolean,
): string | undefined {
  if (method !== 'GET' || readFlash(cookies, isProduction)?.page !== page) return undefined
  const kind = { ...flashOf(page), maxAgeSeconds: 0 }
  const name = cookieName(kind, isProduction)
  return stringifySetCookie({ name, value: '', ...cookieAttributes(kind, isProduction) })
}

/** The cookie of a page, whose path may have a query: `__Host-` would allow no path. */
function flashOf(page: string): CookieKind {
  const { pathname: path } = new URL(page, 'http://this.site')
  return { name: 'pf_flash', prefix: '__Secure-', path, maxAgeSeconds }
}
