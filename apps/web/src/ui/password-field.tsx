'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import { useFormTexts } from '../forms/form-texts.tsx'
import { Field, type InputFieldProps } from './field.tsx'

/** A field for a password that its owner may show. It is hidden again when the form is sent. */
export function PasswordField(props: Omit<InputFieldProps, 'type' | 'control'>): ReactNode {
  const { showField = '', hideField = '' } = useFormTexts()
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
          <Eye isCrossed={isShown} />
        </button>
      }
    />
  )
}

function Eye({ isCrossed }: { isCrossed: boolean }): ReactNode {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="m-auto size-6 fill-none stroke-current stroke-2">
      <path d="M2 12q10-14 20 0-10 14-20 0m7 0a3 3 0 1 0 6 0 3 3 0 1 0-6 0" />
      {isCrossed && <path d="M4 21 20 3" />}
    </svg>
  )
}

/** Hidden without JavaScript, where it would do nothing. */
const toggleLook =
  'absolute inset-y-0 end-0 w-[min(3rem,30%)] cursor-pointer rounded-field text-brand ' +
  'hover:text-brand-strong noscript:hidden'
