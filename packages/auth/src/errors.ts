/**
 * The one table of errors: code → HTTP status → public text. tRPC carries `code` in
 * `error.data.code`; REST writes the text as `detail`, with `restCode` as `code` where SimpleJWT
 * 5.5.1 has one. The texts are Django REST framework's and SimpleJWT's.
 */
export const errorTable = {
  invalid_input: { status: 400, text: 'Invalid input.' },
  parse_error: { status: 400, text: 'Malformed request.' },
  email_unavailable: {
    status: 400,
    text: 'This email address cannot be registered. If it is yours, log in with its password.',
  },
  invalid_credentials: { status: 401, text: 'No active account found with the given credentials' },
  not_authenticated: { status: 401, text: 'Authentication credentials were not provided.' },
  bad_authorization_header: {
    status: 401,
    text: 'Authorization header must contain two space-delimited values',
    restCode: 'bad_authorization_header',
  },
  token_invalid: { status: 401, text: 'Token is invalid', restCode: 'token_not_valid' },
  token_expired: { status: 401, text: 'Token is expired', restCode: 'token_not_valid' },
  token_without_expiry: { status: 401, text: "Token has no 'exp' claim", restCode: 'token_not_valid' },
  token_without_id: { status: 401, text: 'Token has no id', restCode: 'token_not_valid' },
  token_without_type: { status: 401, text: 'Token has no type', restCode: 'token_not_valid' },
  token_wrong_type: { status: 401, text: 'Token has wrong type', restCode: 'token_not_valid' },
  token_without_user: {
    status: 401,
    text: 'Token contained no recognizable user identification',
    restCode: 'token_not_valid',
  },
  session_ended: { status: 401, text: 'Token is blacklisted', restCode: 'token_not_valid' },
  account_unavailable: { status: 401, text: 'No active account found for the given token.' },
  user_not_found: { status: 401, text: 'User not found', restCode: 'user_not_found' },
  user_inactive: { status: 401, text: 'User is inactive', restCode: 'user_inactive' },
  registration_closed: { status: 403, text: 'Registration is closed.' },
  not_found: { status: 404, text: 'Not found.' },
  method_not_allowed: { status: 405, text: 'Method not allowed.' },
  not_acceptable: { status: 406, text: 'Could not satisfy the request Accept header.' },
  payload_too_large: { status: 413, text: 'Request body is too large.' },
  unsupported_media_type: { status: 415, text: 'Unsupported media type in request.' },
  throttled: { status: 429, text: 'Request was throttled.' },
  overloaded: { status: 503, text: 'The service is busy. Try again in a moment.' },
  unavailable: { status: 503, text: 'The service is not available. Try again in a moment.' },
  internal_error: { status: 500, text: 'Something went wrong on our side.' },
} as const satisfies Record<string, { status: number; text: string; restCode?: string }>

/** Every error code that a client can meet. */
export type AuthErrorCode = keyof typeof errorTable

/**
 * Texts per input field, in the order of the fields; `non_field_errors` for what belongs to none. A
 * field of a field has a dot in its name, as in `profile.bio`.
 */
export type FieldErrors = Record<string, string[]>

interface AuthErrorOptions extends ErrorOptions {
  /** A more exact public text than the table's. */
  text?: string
  fields?: FieldErrors
  /** Sent as `Retry-After`. */
  retryAfterSeconds?: number
  /**
   * The limit that was passed: its name and how often it allows. Sent as `RateLimit` and
   * `RateLimit-Policy`.
   */
  limit?: { name: string; count: number }
}

/**
 * A mistake of the user's, or a state that the user must hear of. Its `message` is public; its
 * `cause` never leaves the process.
 */
export class AuthError extends Error {
  override readonly name = 'AuthError'
  readonly code: AuthErrorCode
  readonly status: (typeof errorTable)[AuthErrorCode]['status']
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
