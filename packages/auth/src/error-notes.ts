import type { AuthErrorCode } from './errors.ts'

/** What each error means to who writes a client, and what to do about it. */
export const errorNotes = {
  invalid_input:
    'A field is missing, or is not what it must be. The body has the texts per field instead of `detail`.',
  parse_error: 'The body is cut off, or is not what its `Content-Type` says it is.',
  email_unavailable:
    'The address has an account already, and the password is not the one of it or may not be used. The body has the text ' +
    'under `email` instead of `detail`.',
  invalid_credentials:
    'The address is unknown, the password is wrong or the account is switched off: always the same answer, so that ' +
    'nobody learns who has an account.',
  not_authenticated: 'There is no `Authorization: Bearer …` with the request.',
  bad_authorization_header: 'After `Bearer` there must stand one token and nothing else.',
  token_invalid: 'The service did not sign this, or it was changed on its way. Log in again.',
  token_expired: 'Its time is over. An access token: refresh. A refresh token: log in again.',
  token_without_expiry: 'Signed with our key, but not by us: a token must end.',
  token_without_id: 'Signed with our key, but not by us: a token must have an id.',
  token_without_type: 'Signed with our key, but not by us: a token must say what it is for.',
  token_wrong_type: 'An access token stands where a refresh token must, or the other way round.',
  token_without_user: 'Signed with our key, but not by us: a token must say whose it is.',
  session_ended: 'The user logged out, or their sessions were ended. Log in again.',
  account_unavailable: 'The user of the token is gone or switched off. Log in again.',
  user_not_found: 'The user of the token is gone. Log in again.',
  user_inactive: 'The user of the token is switched off.',
  registration_closed: 'The operators of the service add accounts themselves.',
  not_found:
    'There is nothing at this address, or nothing of yours, or `?format=` asks for something else than `json`.',
  method_not_allowed: 'The address has no such method; the header `Allow` names those that it has.',
  not_acceptable: 'The header `Accept` rules JSON out, and there is nothing else.',
  payload_too_large: 'The body is over 64 KiB.',
  unsupported_media_type: 'The body is neither JSON nor a form nor multipart.',
  throttled:
    'Too often. Wait as many seconds as `Retry-After` says. After wrong passwords the wait grows; a right one after it is accepted.',
  overloaded:
    'Too many logins at once. Wait as many seconds as `Retry-After` says, then send the same request again.',
  unavailable:
    'The service cannot reach its database. Wait as many seconds as `Retry-After` says, then send the same request again.',
  internal_error: 'Our fault. Sending the same request again may help; `request_id` names it in our log.',
} as const satisfies Record<AuthErrorCode, string>
