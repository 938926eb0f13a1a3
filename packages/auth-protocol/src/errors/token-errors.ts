/** What can be wrong with a token or its user. A verifier says the same. */
export const tokenErrors = {
  not_authenticated: {
    status: 401,
    text: 'Authentication credentials were not provided.',
    note: 'There is no `Authorization: Bearer …` with the request.',
  },
  bad_authorization_header: {
    status: 401,
    text: 'Authorization header must contain two space-delimited values',
    restCode: 'bad_authorization_header',
    note: 'After `Bearer` there must stand one token and nothing else.',
  },
  token_invalid: {
    status: 401,
    text: 'Token is invalid',
    restCode: 'token_not_valid',
    note: 'The service did not sign this, or it was changed on its way. Log in again.',
  },
  token_expired: {
    status: 401,
    text: 'Token is expired',
    restCode: 'token_not_valid',
    note: 'Its time is over. An access token: refresh. A refresh token: log in again.',
  },
  token_without_expiry: {
    status: 401,
    text: "Token has no 'exp' claim",
    restCode: 'token_not_valid',
    note: 'Signed with our key, but not by us: a token must end.',
  },
  token_without_id: {
    status: 401,
    text: 'Token has no id',
    restCode: 'token_not_valid',
    note: 'Signed with our key, but not by us: a token must have an id.',
  },
  token_without_type: {
    status: 401,
    text: 'Token has no type',
    restCode: 'token_not_valid',
    note: 'Signed with our key, but not by us: a token must say what it is for.',
  },
  token_wrong_type: {
    status: 401,
    text: 'Token has wrong type',
    restCode: 'token_not_valid',
    note: 'An access token stands where a refresh token must, or the other way round.',
  },
  token_without_user: {
    status: 401,
    text: 'Token contained no recognizable user identification',
    restCode: 'token_not_valid',
    note: 'Signed with our key, but not by us: a token must say whose it is.',
  },
  session_ended: {
    status: 401,
    text: 'Token is blacklisted',
    restCode: 'token_not_valid',
    note: 'The user logged out, or their sessions were ended. Log in again.',
  },
  account_unavailable: {
    status: 401,
    text: 'No active account found for the given token.',
    note: 'The user of the token is gone or switched off. Log in again.',
  },
  user_not_found: {
    status: 401,
    text: 'User not found',
    restCode: 'user_not_found',
    note: 'The user of the token is gone. Log in again.',
  },
  user_inactive: {
    status: 401,
    text: 'User is inactive',
    restCode: 'user_inactive',
    note: 'The user of the token is switched off.',
  },
} as const
