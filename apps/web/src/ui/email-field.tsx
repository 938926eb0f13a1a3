import type { ReactNode } from 'react'
import { Field, type InputFieldProps } from './field.tsx'

/**
 * A field for an email. Not type="email": browsers rewrite an international domain in it, and its
 * owner could not log in.
 */
export function EmailField(props: Omit<InputFieldProps, 'type' | 'label' | 'control'>): ReactNode {
  return (
    <Field
      {...props}
      label="Email"
      inputMode="email"
      autoComplete="username"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
