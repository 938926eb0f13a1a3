import { type FocusEvent, type InputEvent, type ReactNode, useState } from 'react'
import { useFormTexts } from '../forms/form-context.tsx'
import { Field, type InputFieldProps } from './field.tsx'

/**
 * A field for an email. Not type="email": browsers rewrite an international domain in it, and its
 * owner could not log in. It says at once when it is left without an `@`.
 */
export function EmailField({
  label,
  autoComplete = 'username',
  error,
  ...props
}: Omit<InputFieldProps, 'type' | 'label' | 'control'> & { label?: string }): ReactNode {
  const { noAt, email = '' } = useFormTexts()
  const [lacksAt, setLacksAt] = useState(false)
  const check = (event: FocusEvent<HTMLInputElement>) => {
    const { value } = event.currentTarget
    setLacksAt(value.trim() !== '' && !value.includes('@'))
  }
  const recheck = (event: InputEvent<HTMLInputElement>) => {
    if (event.currentTarget.value.includes('@')) setLacksAt(false)
  }
  return (
    <Field
      {...props}
      error={error ?? (lacksAt ? noAt : undefined)}
      onBlur={check}
      onInput={recheck}
      label={label ?? email}
      dir="ltr"
      inputMode="email"
      autoComplete={autoComplete}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
    />
  )
}
