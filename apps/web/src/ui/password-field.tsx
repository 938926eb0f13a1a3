'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { useFormTexts } from '../forms/form-texts.tsx'
import { Field, type InputFieldProps } from './field.tsx'

/** A field for a password that its owner may show. It is hidden again when the form is sent. */
export function PasswordField(props: Omit<InputFieldProps, 'type' | 'control'>): ReactNode {
  const { show, hide, showField = '', hideField = '' } = useFormTexts()
  const [isShown, setShown] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const form = toggle.current?.form
    const hide = () => setShown(false)
    form?.addEventListener('submit', hide)
    return () => form?.removeEventListener('submit', hide)
  }, [])
  return (
    <Field
      {...props}
      type={isShown ? 'text' : 'password'}
      dir="ltr"
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      control={
        <button
          ref={toggle}
          type="button"
          aria-label={fillText(isShown ? hideField : showField, { label: props.label })}
          aria-controls={props.name}
          onClick={() => setShown(!isShown)}
          className={toggleLook}
        >
          <span key={String(isShown)}>{isShown ? hide : show}</span>
        </button>
      }
    />
  )
}

/** Hidden without JavaScript, where it would do nothing. */
const toggleLook =
  'absolute inset-y-0 end-0 w-[min(5rem,40%)] cursor-pointer rounded-field font-semibold text-brand ' +
  'hover:text-brand-strong noscript:hidden'
