import { testSecretKey } from '@pockitflyer/testing'
import { makeToken } from '../../src/tokens.ts'
import type { DocumentedOperation } from './documented.ts'
import { account } from './account.ts'

/** A request that a test sends. */
export interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | FormData
}

/** An account that is switched off, and a pair of tokens whose session has ended. */
export interface People {
  inactiveId: number
  ended: { access: string; refresh: string }
}

const json = { 'Content-Type': 'application/json' }

const nobodyId = 999_999_999

/**
 * A request of an operation that carries a token where the operation takes one, and a body where it
 * has one.
 */
export function carry(operation: DocumentedOperation, fields: Fields): Sent {
  const { method, path, isProtected, bodies } = operation
  const sent = {
    method,
    path: path.replace('{id}', fields.sessionId),
    headers: isProtected && fields.access !== '' ? { Authorization: `Bearer ${fields.access}` } : {},
  }
  if (bodies.length === 0) return sent
  return { ...sent, headers: { ...json, ...sent.headers }, body: JSON.stringify(inputOf(operation, fields)) }
}

function inputOf({ operationId }: DocumentedOperation, fields: Fields): object | undefined {
  const { email, password, newEmail, newPassword, access, refresh } = fields
  const inputs: Record<string, object> = {
    register: { email: newEmail, password: newPassword, display_name: 'Grace' },
    login: { email, password },
    verify: { token: access },
    refresh: { refresh },
    logout: { refresh },
    updateProfile: { profile: { display_name: 'Grace', bio: 'Finds moths.' } },
    changePassword: { current_password: password, new_password: newPassword },
    passwordReset: { email },
    passwordResetConfirm: { token: fields.link, new_password: newPassword },
    emailChange: { new_email: newEmail, current_password: password },
    emailChangeConfirm: { token: fields.link },
    emailChangeCancel: fields.link === '' || access !== '' ? {} : { token: fields.link },
    undo: { token: fields.link, code: fields.code },
    emailVerify: { token: fields.link },
    updateNotices: { new_device: false },
    updateLanguage: { language: 'de' },
    emailVerifyReject: { token: fields.link, code: fields.code },
    emailVerifyResend: { email },
  }
  return inputs[operationId]
}

/** What requests are made from. */
export interface Fields {
  email: string
  password: string
  access: string
  refresh: string
  /** The session that is named in an address. */
  sessionId: string
  /** An email without an account. */
  newEmail: string
  newPassword: string
  /** The secret of a mailed link. */
  link: string
  /** The code of the same mail. */
  code: string
}

/**
 * Makes of a request that would succeed one that is refused as an example of the document says, by
 * the example's name.
 */
export const spoil: Record<string, (good: Sent) => Sent> = {
  missing_fields: (good) => ({ ...good, body: '{}' }),
  not_an_object: (good) => ({ ...good, body: '[]' }),
  parse_error: (good) => ({ ...good, body: '{' }),
  payload_too_large: (good) => ({ ...good, body: '{}'.padEnd(64 * 1024 + 1) }),
  unsupported_media_type: (good) => ({
    ...good,
    headers: { ...good.headers, 'Content-Type': 'text/plain' },
    body: 'text',
  }),
  bad_limit: (good) => ({ ...good, path: `${good.path}?limit=101` }),
  blank_display_name: (good) => ({ ...good, body: '{"profile": {"display_name": " "}}' }),
  not_found: (good) => ({ ...good, path: `${good.path}?format=xml` }),
  not_acceptable: (good) => ({ ...good, headers: { ...good.headers, Accept: 'text/html' } }),
  not_authenticated: ({ headers: { Authorization: _token, ...headers }, ...good }) => ({ ...good, headers }),
  bad_authorization_header: (good) => ({ ...good, headers: { ...good.headers, Authorization: 'Bearer' } }),
}

/** The new password that is refused as an example of the document says, by the example's name. */
export const badPasswords: Record<string, string> = {
  same_password: account.password,
  password_too_short: 'ferry 9',
  password_too_common: 'Password123',
}

/** The token that is refused as an example of the document says, by the example's name. */
export function findBadToken(name: string, type: 'access' | 'refresh', people: People): string | undefined {
  const mint = (claims: object, without: string[] = []) =>
    makeToken(
      { mint: { token_type: type, ...claims }, without },
      { own: people.ended, secretKey: testSecretKey },
    )
  const tokens: Record<string, () => string> = {
    token_invalid: () => 'garbage',
    token_expired: () => mint({ exp: 1 }),
    token_without_expiry: () => mint({}, ['exp']),
    token_without_id: () => mint({}, ['jti']),
    token_without_type: () => mint({}, ['token_type']),
    token_wrong_type: () => mint({ token_type: type === 'access' ? 'refresh' : 'access' }),
    token_without_user: () => mint({}, ['user_id']),
    user_not_found: () => mint({ user_id: type === 'access' ? nobodyId : 'nobody' }),
    user_inactive: () => mint({ user_id: people.inactiveId }),
    account_unavailable: () => mint({ user_id: nobodyId }),
    session_ended: () => people.ended[type],
    token_blacklisted: () => people.ended[type],
  }
  return tokens[name]?.()
}
