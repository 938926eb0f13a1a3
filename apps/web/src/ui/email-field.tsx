import type { ReactNode } from 'react'
import { Field, type InputFieldProps } from './field.tsx'

/**
 * A field for an email. Not type="email": browsers rewrite an international domain in it, and its
 * owner could not log in.
 */
export function EmailField({
  label = 'Email',
  autoComplete = 'username',
  ...props
}: Omit<InputFieldProps, 'type' | 'label' | 'control'> & { label?: string }): ReactNode {
  return (
    <Field
      {...props}
      label={label}
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
