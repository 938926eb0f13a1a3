import type { ReactNode } from 'react'
import { PasswordField } from './password-field.tsx'

interface NewPasswordFieldProps extends Omit<Parameters<typeof PasswordField>[0], 'hint' | 'autoComplete'> {
  /** Minimum length of the password in characters. */
  minLength: number | undefined
}

/** A field for a new password. It shows the rules; the service checks them. */
export function NewPasswordField({ minLength, ...field }: NewPasswordFieldProps): ReactNode {
  const length = minLength === undefined ? '' : `At least ${minLength} characters. `
  return <PasswordField {...field} hint={`${length}Longer is better.`} autoComplete="new-password" required />
}
