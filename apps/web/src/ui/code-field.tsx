import type { ReactNode } from 'react'
import { Field, type InputFieldProps } from './field.tsx'

/**
 * A field for the six digits of a mail. Not type="number", which has no leading zeros. Phones offer
 * the code of the newest message.
 */
export function CodeField(props: Omit<InputFieldProps, 'type' | 'control'>): ReactNode {
  return (
    <Field
      {...props}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      dir="ltr"
      required
    />
  )
}
