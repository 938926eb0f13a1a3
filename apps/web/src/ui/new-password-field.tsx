import type { ReactNode } from 'react'
import { PasswordField } from './password-field.tsx'

interface NewPasswordFieldProps extends Omit<Parameters<typeof PasswordField>[0], 'hint' | 'autoComplete'> {
  /** Characters that the password has at least. */
  minLength: number | undefined
}

/**
 * A field for a password that is to be chosen. It says what makes a good one; whether it is one is
 * for the service to say.
 */
export function NewPasswordField({ minLength, ...field }: NewPasswordFieldProps): ReactNode {
  const length = minLength === undefined ? '' : `At least ${minLength} characters. `
  return <PasswordField {...field} hint={`${length}Longer is better.`} autoComplete="new-password" required />
}
