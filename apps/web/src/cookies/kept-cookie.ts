import type { z } from 'zod'
import type { CookieAttributes, CookieReader, CookieWriter } from './cookie-jar.ts'

/** A cookie of this app that no script reads. */
export interface CookieKind {
  name: string
  /** The prefix in production (RFC 6265bis section 4.1.3): `__Host-` needs the path `/`. */
  prefix: '__Host-' | '__Secure-'
  path: string
  maxAgeSeconds: number
}

interface Writing {
  kind: CookieKind
  value: string
  isProduction: boolean
}

/** Writes a cookie. */
export function writeCookie(cookies: CookieWriter, { kind, value, isProduction }: Writing): void {
  cookies.set(cookieName(kind, isProduction), value, cookieAttributes(kind, isProduction))
}

/** Deletes a cookie in the browser. */
export function clearCookie(cookies: CookieWriter, kind: CookieKind, isProduction: boolean): void {
  writeCookie(cookies, { kind: { ...kind, maxAgeSeconds: 0 }, value: '', isProduction })
}

interface Lookup<Value> {
  kind: CookieKind
  schema: z.ZodType<Value>
  isProduction: boolean
}

/** Reads a cookie that holds JSON; undefined for one that this app did not write. */
export function readCookie<Value>(
  cookies: CookieReader,
  { kind, schema, isProduction }: Lookup<Value>,
): Value | undefined {
  const text = cookies.get(cookieName(kind, isProduction))?.value
  if (!text) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

export function cookieName({ name, prefix }: CookieKind, isProduction: boolean): string {
  return `${isProduction ? prefix : ''}${name}`
}

export function cookieAttributes({ path, maxAgeSeconds }: CookieKind, isProduction: boolean) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    path,
    secure: isProduction,
    maxAge: maxAgeSeconds,
  } satisfies CookieAttributes
}
