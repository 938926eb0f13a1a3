import { type AuthErrorCode, fieldTexts, fillText } from '@pockitflyer/auth-protocol/errors'
import { AuthError } from '../errors.ts'
import type { ErrorExample } from './meta.ts'

/** What can be wrong with any token in a body. */
export const tokenErrors = [
  'token_invalid',
  'token_expired',
  'token_without_expiry',
  'token_without_id',
] satisfies AuthErrorCode[]

/** What else is wrong with a token of the wrong kind, or of no user. */
export const typedTokenErrors = [
  ...tokenErrors,
  'token_without_type',
  'token_wrong_type',
  'token_without_user',
  'user_not_found',
] satisfies AuthErrorCode[]

/** What is wrong with an access token in the header, or with its user. */
export const callerErrors = [...typedTokenErrors, 'user_inactive', 'session_ended'] satisfies AuthErrorCode[]

/** How a change is refused that needs the current password. */
export const wrongPasswordError = invalidInput('wrong_password', 'The current password is wrong.', {
  current_password: [fieldTexts.wrongPassword],
})

/** How a change of password can be refused. */
export const changePasswordErrors: ErrorExample[] = [
  wrongPasswordError,
  invalidInput('same_password', 'The new password is the current one.', {
    new_password: [fieldTexts.samePassword],
  }),
  ...badPasswordErrors('new_password'),
]

/** How a chosen password can be refused, under the name of its field. */
export function badPasswordErrors(field: string): ErrorExample[] {
  return [
    invalidInput('password_too_short', 'By default a password has at least 8 characters.', {
      [field]: [fillText(fieldTexts.passwordTooShort, { count: 8 })],
    }),
    invalidInput('password_too_common', 'The password is one that many people use.', {
      [field]: [fieldTexts.passwordTooCommon],
    }),
  ]
}

/** An example of `invalid_input`, with the texts for each field. */
export function invalidInput(name: string, note: string, fields: Record<string, string[]>): ErrorExample {
  return { name, note, error: new AuthError('invalid_input', { fields }) }
}
