import type { ReactNode } from 'react'
import { PasswordField } from './password-field.tsx'

interface NewPasswordFieldProps extends Omit<Parameters<typeof PasswordField>[0], 'hint' | 'autoComplete'> {
  /** Minimum length of the password in characters. */
  minLength: number | undefined
}

/**
 * A field for a new password. It tells visitors and password managers the rules; the
 * service checks them.
 */
export function NewPasswordField({ minLength, ...field }: NewPasswordFieldProps): ReactNode {
  const length = minLength === undefined ? '' : `At least ${minLength} characters. `
  return (
    <PasswordField
      {...field}
      {...(minLength !== undefined && rulesFor(minLength))}
      hint={`${length}Longer is better.`}
      autoComplete="new-password"
      required
    />
  )
}

/** The rules by which password managers make a password; `passwordrules` is Safari's. */
function rulesFor(minLength: number) {
  return { minLength, passwordrules: `minlength: ${minLength};` }
}
