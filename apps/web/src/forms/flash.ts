import type { IncomingMessage } from 'node:http'
import { stringifySetCookie } from 'cookie'
import { z } from 'zod'
import type { CookieReader, CookieWriter } from '../cookies/cookie-jar.ts'
import {
  cookieAttributes,
  type CookieKind,
  cookieName,
  readCookie,
  writeCookie,
} from '../cookies/kept-cookie.ts'
import type { FormState } from './form-state.ts'

/** The state of a form that was sent without JavaScript, on its way to the page that shows it. */
export type Flash = FormState<string>

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
  writeCookie(cookies, { kind: flashOf(page), value: text, isProduction })
  return true
}

/** Reads the state for this page; undefined for what this app did not write. */
export function readFlash(cookies: CookieReader, isProduction: boolean): Flash | undefined {
  const data = readCookie(cookies, { kind: flashOf('/'), schema, isProduction })
  return data && { ...data, toCorrect: data.toCorrect }
}

/**
 * Returns the `Set-Cookie` line with which the answer of a page forgets the state that it shows: a
 * reload shows the form alone. Undefined where the request has none. Not a task of `proxy.ts`: the
 * page does not see a cookie that this deletes.
 */
export function forgetFlash(
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  cookies: CookieReader,
  isProduction: boolean,
): string | undefined {
  const kind = { ...flashOf(url), maxAgeSeconds: 0 }
  const name = cookieName(kind, isProduction)
  if (method !== 'GET' || !cookies.get(name)?.value) return undefined
  return stringifySetCookie({ name, value: '', ...cookieAttributes(kind, isProduction) })
}

/** The cookie of a page, whose path may have a query: `__Host-` would allow no path. */
function flashOf(page: string): CookieKind {
  const { pathname: path } = new URL(page, 'http://this.site')
  return { name: 'pf_flash', prefix: '__Secure-', path, maxAgeSeconds }
}
