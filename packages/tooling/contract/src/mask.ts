import type { RawAnswer } from './send.ts'
import { readClaims } from './tokens.ts'

/** What of an answer a client can rely on. */
export interface Answer {
  status: number
  /** Those of `clientHeaders` that are there. */
  headers: Record<string, string>
  /** The body, with what differs from run to run masked. */
  text: string
}

/** The headers that a client acts on. */
const clientHeaders = ['content-type', 'www-authenticate', 'allow', 'location']

/**
 * A method that the Django service has nowhere: an `Allow` that names it too is the one that was
 * recorded.
 */
const addedMethod = /\bPATCH, /

/** Longest difference between a token's `iat` and now that counts as fresh, in seconds. */
const freshSeconds = 60

/**
 * Masks what differs from run to run. A token keeps what a client reads in it: type, user, lifetime
 * (to ten seconds), whether it is fresh. Of a parser's complaint the beginning is kept: the rest
 * differs from parser to parser.
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
