import type { IncomingMessage } from 'node:http'
import { parseCookie, stringifySetCookie } from 'cookie'
import { z } from 'zod'
import type { FormState } from './form-state.ts'

/** The state of a form that was sent without JavaScript, on its way to the page that shows it. */
export type Flash = FormState<string>

interface CookieReader {
  get(name: string): { value: string } | undefined
}

interface CookieAttributes {
  httpOnly: true
  sameSite: 'lax'
  path: string
  secure: boolean
  maxAge: number
}

interface CookieWriter {
  set(name: string, value: string, attributes: CookieAttributes): unknown
}

/** The longest value that every browser keeps: 4096 bytes, name and attributes included. */
const maxBytes = 3800

/** As long as a redirect may take on a slow connection. */
const maxAgeSeconds = 60

const schema = z.object({
  attempt: z.number(),
  values: z.record(z.string(), z.string()),
  errors: z.record(z.string(), z.string()),
  toCorrect: z.string().optional(),
})

interface Writing {
  state: Flash
  /** The path of the page, with its query. */
  page: string
  isProduction: boolean
}

/** Keeps the state for one load of a page. Returns whether it fits in a cookie. */
export function writeFlash(cookies: CookieWriter, { state, page, isProduction }: Writing): boolean {
  const text = JSON.stringify(state)
  if (encodeURIComponent(text).length > maxBytes) return false
  const path = new URL(page, 'http://this.site').pathname
  cookies.set(nameOf(isProduction), text, attributes({ path, isProduction, maxAge: maxAgeSeconds }))
  return true
}

/** Reads the state for this page; undefined for what this app did not write. */
export function readFlash(cookies: CookieReader, isProduction: boolean): Flash | undefined {
  const text = cookies.get(nameOf(isProduction))?.value
  if (!text) return undefined
  try {
    const { data } = schema.safeParse(JSON.parse(text))
    return data && { ...data, toCorrect: data.toCorrect }
  } catch {
    return undefined
  }
}

/**
 * Returns the `Set-Cookie` line with which the answer of a page forgets the state that it shows: a
 * reload shows the form alone. Undefined where the request has none. Not a task of `proxy.ts`: the
 * page does not see a cookie that this deletes.
 */
export function forgetFlash(
  { method, url = '', headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  isProduction: boolean,
): string | undefined {
  const name = nameOf(isProduction)
  if (method !== 'GET' || !parseCookie(headers.cookie ?? '')[name]) return undefined
  const path = new URL(url, 'http://this.site').pathname
  return stringifySetCookie({ name, value: '', ...attributes({ path, isProduction, maxAge: 0 }) })
}

interface Page {
  /** The page's path, without its query. */
  path: string
  isProduction: boolean
}

/** `__Secure-` allows a path, `__Host-` does not (RFC 6265bis section 4.1.3). */
const nameOf = (isProduction: boolean) => (isProduction ? '__Secure-pf_flash' : 'pf_flash')

function attributes({ path, isProduction, maxAge }: Page & { maxAge: number }): CookieAttributes {
  return { httpOnly: true, sameSite: 'lax', path, secure: isProduction, maxAge }
}
