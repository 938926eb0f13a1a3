import type { AuthErrorCode } from './error-table.ts'

/**
 * Texts per input field, in the order of the fields; `non_field_errors` for what belongs to none. A
 * field of a field has a dot in its name, as in `profile.bio`.
 */
export type FieldErrors = Record<string, string[]>

/** What `error.data` of a tRPC error of the service holds. */
export interface ServiceErrorData<Code extends AuthErrorCode = AuthErrorCode> {
  code: Code
  httpStatus: number
  /** The procedure, for example `auth.login`. */
  path: string | undefined
  /** Texts per field of the input, with `invalid_input` and `email_unavailable`. */
  fields: FieldErrors | undefined
  /** When to come back, with `throttled`, `overloaded` and `unavailable`. */
  retryAfterSeconds: number | undefined
  /** Names this request in the service's log. */
  requestId: string | undefined
}
