'use client'

import type { ReactNode } from 'react'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { useFormTexts } from '../forms/form-context.tsx'
import { Field, type InputFieldProps } from './field.tsx'

/**
 * A field for a password that its owner may show: `startPage` handles the button. It is hidden
 * again when the form is sent.
 */
export function PasswordField(props: Omit<InputFieldProps, 'type' | 'control'>): ReactNode {
  const { showField = '' } = useFormTexts()
  return (
    <Field
      {...props}
      type="password"
      dir="ltr"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      control={
        <button
          type="button"
          aria-label={fillText(showField, { label: props.label })}
          aria-controls={props.name}
          aria-pressed={false}
          className="show-password"
        />
      }
    />
  )
}
