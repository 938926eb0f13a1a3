'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { EmailField } from '../../ui/email-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { login } from './login.ts'

interface LoginFormProps {
  texts: Texts['loginForm']
  /** The path to go on to. */
  next: string | undefined
  /** Shown until the form is sent. */
  children?: ReactNode
}

/** The form for email and password. It works without JavaScript. */
export function LoginForm({ texts, next, children }: LoginFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(login, ['email'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      {state.attempt === 0 && children}
      <FormError state={state} />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <EmailField {...field('email')} defaultValue={state.values.email} required />
      <PasswordField {...field('password')} label={texts.password} autoComplete="current-password" required />
      <SubmitButton pendingText={texts.submitting}>{texts.submit}</SubmitButton>
    </form>
  )
}
