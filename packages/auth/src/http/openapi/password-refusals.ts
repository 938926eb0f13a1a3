import { samePassword, wrongPassword } from '../../accounts/change-password.ts'
import { AuthError } from '../../errors.ts'
import { tooCommon, tooShort } from '../../passwords/policy.ts'
import type { Refusal } from './refusals.ts'

/** How a change of password can be refused. */
export const changePasswordRefusals: Refusal[] = [
  refuse('wrong_password', 'The current password is wrong.', { current_password: [wrongPassword] }),
  refuse('same_password', 'The new password is the current one.', { new_password: [samePassword] }),
  ...badPasswordRefusals('new_password'),
]

/** How a password that somebody chooses can be refused, under the name of its field. */
export function badPasswordRefusals(field: string): Refusal[] {
  return [
    refuse('password_too_short', 'By default a password has at least 8 characters.', {
      [field]: [tooShort(8)],
    }),
    refuse('password_too_common', 'The password is one that many people use.', { [field]: [tooCommon] }),
  ]
}

function refuse(name: string, note: string, fields: Record<string, string[]>): Refusal {
  return { name, note, error: new AuthError('invalid_input', { fields }) }
}
