import type { RawAnswer } from './send.ts'
import { readClaims } from './tokens.ts'

/** The part of an answer that a client can rely on. */
export interface Answer {
  status: number
  /** The present ones of `clientHeaders`. */
  headers: Record<string, string>
  /** The body, with masks for the parts that differ from run to run. */
  text: string
}

/** The headers that a client acts on. */
const clientHeaders = ['content-type', 'www-authenticate', 'allow', 'location']

/** A method that the Django service lacks: an `Allow` that adds it counts as the recorded one. */
const addedMethod = /\bPATCH, /

/** Longest difference between a token's `iat` and now that counts as fresh, in seconds. */
const freshSeconds = 60

/**
 * Masks the parts of an answer that differ from run to run. It keeps what a client reads in a
 * token: type, user, lifetime (to ten seconds) and whether it is fresh. Of a parser's message it
 * keeps the beginning, since the rest depends on the parser.
 */
export function maskAnswer({ status, headers, text }: RawAnswer, alsoHeaders: string[] = []): Answer {
  const kept = [...clientHeaders, ...alsoHeaders].flatMap((name): [string, string][] => {
    const value = headers[name]
    return value === undefined ? [] : [[name, String(value).replace(addedMethod, '')]]
  })
  return { status, headers: Object.fromEntries(kept), text: maskText(text) }
}

function maskText(text: string): string {
  return text
    .replace(/"([\w-]{10,}\.[\w-]{10,}\.[\w-]*)"/g, (whole, token: string) => maskToken(token) ?? whole)
    .replace(/((?:JSON|Multipart form) parse error - )(?:[^"\\]|\\.)*/g, '$1…')
}

function maskToken(token: string): string | undefined {
  const claims = readClaims(token)
  if (claims === undefined) return undefined
  const { token_type, user_id, email, jti, exp, iat } = claims
  const issuedAt = typeof iat === 'number' ? iat : Number.NaN
  return JSON.stringify({
    '<jwt>': {
      token_type,
      user_id,
      email,
      has_jti: Boolean(jti),
      lifetime: Math.round((Number(exp) - issuedAt) / 10) * 10,
      iat_fresh: Math.abs(issuedAt - Date.now() / 1000) < freshSeconds,
    },
  })
}
