import { parseCookie } from 'cookie'

/** The cookies of a request, as Next.js or `toJar` gives them. */
export interface CookieReader {
  get(name: string): { value: string } | undefined
}

export interface CookieAttributes {
  httpOnly: boolean
  sameSite: 'lax'
  path: string
  secure: boolean
  maxAge: number | undefined
}

/** The cookies of an answer, as Next.js takes them. */
export interface CookieWriter {
  set(name: string, value: string, attributes: CookieAttributes): unknown
}

/** Parses the header `Cookie` of a request that Next.js has not seen yet. */
export function toJar(header: string | undefined): CookieReader {
  const cookies = parseCookie(header ?? '')
  return {
    get(name) {
      const value = cookies[name]
      return value === undefined ? undefined : { value }
    },
  }
}
