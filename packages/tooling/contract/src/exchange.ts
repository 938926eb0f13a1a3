/**
 * A token that a request carries, other than the server's own:
 * - `mint`: as another service with the same key mints it. Its claims are SimpleJWT's (`token_type`
 *   access, `exp` in ten minutes, `iat` now, a fresh `jti`, `user_id` 1, `email`), changed by
 *   `mint` and then stripped of `without`. A time is `{"secondsFromNow": n}`;
 * - `changed`: the server's own token with other claims under the old signature;
 * - `text`: any text; `{{access}}` and `{{refresh}}` in it stand for the server's own tokens.
 */
export type TokenSpec =
  | {
      mint: Record<string, unknown>
      without?: string[]
      header?: Record<string, unknown>
      /** The key to sign with. Default: the key of the service. */
      key?: string
      /** Pads a claim until the token is at least this long, in bytes. */
      length?: number
    }
  | { changed: 'access' | 'refresh'; claims: Record<string, unknown> }
  | { text: string }

/** The body of a request. `padTo` adds spaces up to so many bytes. */
export type BodySpec = { json: unknown } | { text: string; padTo?: number } | { base64: string }

/**
 * A request as data. `{{access}}` and `{{refresh}}` in path, headers and text stand for tokens of
 * the server's own, of test@example.com; other names in braces for those of `Exchange.tokens`.
 */
export interface RequestSpec {
  method: string
  path: string
  headers?: Record<string, string>
  body?: BodySpec
}

/** A request with its tokens, and the requests before it. */
export interface Exchange {
  tokens?: Record<string, TokenSpec>
  before?: RequestSpec[]
  request: RequestSpec
}

/** Returns whether a value is an object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
