import {
  type AuthErrorCode,
  type ErrorStatus,
  errorTable,
  type FieldErrors,
} from '@pockitflyer/auth-protocol/errors'

interface AuthErrorOptions extends ErrorOptions {
  /** A more exact public text than the table's. */
  text?: string
  fields?: FieldErrors
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number
  /** The exceeded limit: its name and its count. Sent as `RateLimit` and `RateLimit-Policy`. */
  limit?: { name: string; count: number }
}

/**
 * A mistake of the caller, or a state that the caller must know. `message` is public; `cause` never
 * leaves the process.
 * @example
 * throw new AuthError('invalid_input', { fields: { email: ['Enter a valid email address.'] } })
 */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: AuthErrorCode
  readonly status: ErrorStatus
  readonly fields: FieldErrors | undefined
  readonly retryAfterSeconds: number | undefined
  readonly limit: { name: string; count: number } | undefined

  constructor(code: AuthErrorCode, options: AuthErrorOptions = {}) {
    super(options.text ?? errorTable[code].text, { cause: options.cause })
    this.code = code
    this.status = errorTable[code].status
    this.fields = options.fields
    this.retryAfterSeconds = options.retryAfterSeconds
    this.limit = options.limit
  }
}

/** Translates the texts of every field. */
export function translateFields(fields: FieldErrors, translate: (text: string) => string): FieldErrors {
  return Object.fromEntries(Object.entries(fields).map(([name, texts]) => [name, texts.map(translate)]))
}
