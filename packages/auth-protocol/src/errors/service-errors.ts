/** What the service does not do, or not at the moment. */
export const serviceErrors = {
  registration_closed: {
    status: 403,
    text: 'Registration is closed.',
    note: 'The operators of the service add accounts themselves.',
  },
  mail_off: {
    status: 403,
    text: 'This service sends no mail.',
    restCode: 'mail_off',
    note: 'The operators of the service have set up no mail server. Ask them for another password.',
  },
  email_not_verified: {
    status: 403,
    text: 'E-mail is not verified.',
    restCode: 'email_not_verified',
    note: 'The password is right, but the service lets in only who proved to read the email. Another mail with a link and a code goes out.',
  },
  not_found: {
    status: 404,
    text: 'Not found.',
    note: 'There is nothing at this address, or nothing of yours, or `?format=` asks for something else than `json`.',
  },
  method_not_allowed: {
    status: 405,
    text: 'Method not allowed.',
    note: 'The address has no such method; the header `Allow` names those that it has.',
  },
  not_acceptable: {
    status: 406,
    text: 'Could not satisfy the request Accept header.',
    note: 'The header `Accept` rules JSON out, and there is nothing else.',
  },
  payload_too_large: {
    status: 413,
    text: 'Request body is too large.',
    note: 'The body is over 64 KiB.',
  },
  unsupported_media_type: {
    status: 415,
    text: 'Unsupported media type in request.',
    note: 'The body is neither JSON nor a form nor multipart.',
  },
  throttled: {
    status: 429,
    text: 'Request was throttled.',
    note: 'Too often. Wait as many seconds as `Retry-After` says. After wrong passwords the wait grows; a right one after it is accepted.',
  },
  overloaded: {
    status: 503,
    text: 'The service is busy. Try again in a moment.',
    note: 'Too many logins at once. Wait as many seconds as `Retry-After` says, then send the same request again.',
  },
  read_only: {
    status: 503,
    text: 'Accounts cannot be changed at the moment. Try again later.',
    note: 'The accounts move between two services, and the other one leads. Logins, refreshes and reading go on. Ask again after `Retry-After`.',
  },
  unavailable: {
    status: 503,
    text: 'The service is not available. Try again in a moment.',
    note: 'The service cannot reach its database. Wait as many seconds as `Retry-After` says, then send the same request again.',
  },
  internal_error: {
    status: 500,
    text: 'Something went wrong on our side.',
    note: 'Our fault. Sending the same request again may help; `request_id` names it in our log.',
  },
} as const
