'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../../forms/use-form.ts'
import type { Texts } from '../../../texts/texts.ts'
import { FormError } from '../../../ui/form-error.tsx'
import { NewPasswordField, type PasswordRules } from '../../../ui/new-password-field.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { changePassword } from './change-password.ts'

interface PasswordFormProps {
  texts: Texts['password']
  /** For password managers, which save the new password under it. */
  email: string
  rules: PasswordRules
}

/** The form for the current password and the new one. */
export function PasswordForm({ texts, email, rules }: PasswordFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(changePassword, [])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...field('current_password')}
        label={texts.current}
        autoComplete="current-password"
        required
      />
      <NewPasswordField {...field('new_password')} label={texts.new} rules={rules} />
      <p className="text-ink-soft">{texts.elsewhere}</p>
      <SubmitButton pendingText={texts.saving}>{texts.save}</SubmitButton>
    </form>
  )
}
