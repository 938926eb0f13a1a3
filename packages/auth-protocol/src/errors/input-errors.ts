/** What can be wrong with what a caller sends. */
export const inputErrors = {
  invalid_input: {
    status: 400,
    text: 'Invalid input.',
    note: 'A field is missing, or is not what it must be. The body has the texts per field instead of `detail`.',
  },
  parse_error: {
    status: 400,
    text: 'Malformed request.',
    note: 'The body is cut off, or is not what its `Content-Type` says it is.',
  },
  email_unavailable: {
    status: 400,
    text: 'This email address cannot be registered. If it is yours, log in with its password.',
    note: 'The address has an account already, and the password is not the one of it or may not be used. The body has the text under `email` instead of `detail`.',
  },
  link_invalid: {
    status: 400,
    text: 'This link or code does not work. Ask for a new one.',
    restCode: 'link_invalid',
    note: 'The link or code is unknown, forged or too old, or the account has changed since. Five wrong codes end a code, and not the link of the same mail.',
  },
  link_used: {
    status: 400,
    text: 'This link was used. If that was not you, ask for a new one.',
    restCode: 'link_used',
    note: 'The link did what it was for. It works once.',
  },
  email_taken: {
    status: 400,
    text: 'Another account has this email.',
    restCode: 'email_taken',
    note: 'It was free when its owner asked for the change. The change stays open, in case it becomes free again.',
  },
  invalid_credentials: {
    status: 401,
    text: 'No active account found with the given credentials',
    note: 'The address is unknown, the password is wrong or the account is switched off: always the same answer, so that nobody learns who has an account.',
  },
} as const
