import type { ReactNode } from 'react'
import { PasswordField } from './password-field.tsx'

/** The rules for a new password, as a page knows them. */
export interface PasswordRules {
  /** Minimum length in characters; `undefined` while the service is out of reach. */
  minLength: number | undefined
  /** The rules in words. */
  hint: string
}

interface NewPasswordFieldProps extends Omit<Parameters<typeof PasswordField>[0], 'hint' | 'autoComplete'> {
  rules: PasswordRules
}

/**
 * A field for a new password. It tells visitors and password managers the rules; the
 * service checks them.
 */
export function NewPasswordField({ rules: { minLength, hint }, ...field }: NewPasswordFieldProps): ReactNode {
  return (
    <PasswordField
      {...field}
      {...(minLength !== undefined && rulesFor(minLength))}
      hint={hint}
      autoComplete="new-password"
      required
    />
  )
}

/** The rules by which password managers make a password; `passwordrules` is Safari's. */
function rulesFor(minLength: number) {
  return { minLength, passwordrules: `minlength: ${minLength};` }
}
