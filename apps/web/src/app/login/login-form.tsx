'use client'

import { type ReactNode, useActionState, useEffect, useRef } from 'react'
import { Field } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { login } from './login.ts'
import { blankLogin, findFieldToCorrect } from './login-state.ts'

/** Email and password. Without JavaScript it is an ordinary form; `children` show until it is sent. */
export function LoginForm({ children }: { children?: ReactNode }): ReactNode {
  const [state, submit] = useActionState(login, blankLogin)
  const { attempt, email, errors } = state
  const toCorrect = findFieldToCorrect(state)
  const form = useRef<HTMLFormElement>(null)

  useEffect(() => {
    const field = findFieldToCorrect(state)
    if (field !== undefined) form.current?.querySelector<HTMLInputElement>(`#${field}`)?.focus()
  }, [state])

  return (
    <form ref={form} action={submit} noValidate className="grid gap-5">
      {attempt === 0 && children}
      {errors.form !== undefined && (
        <Notice key={`form-${attempt}`} tone="error">
          {errors.form}
        </Notice>
      )}
      {/* Not type="email": browsers rewrite an international domain in it, and its owner could not log in. */}
      <Field
        name="email"
        label="Email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        required
        defaultValue={email}
        error={errors.email}
        attempt={attempt}
        startsFocused={toCorrect === 'email'}
      />
      <PasswordField
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        error={errors.password}
        attempt={attempt}
        startsFocused={toCorrect === 'password'}
      />
      <SubmitButton pendingText="Logging in…">Log in</SubmitButton>
    </form>
  )
}
