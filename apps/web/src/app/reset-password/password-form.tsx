'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { FormError } from '../../ui/form-error.tsx'
import { NewPasswordField, type PasswordRules } from '../../ui/new-password-field.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { setPassword } from './set-password.ts'

interface PasswordFormProps {
  texts: Pick<Texts['resetPassword'], 'newPassword' | 'everywhere' | 'save' | 'saving'>
  /** For password managers, where the visitor has typed it. */
  email: string | undefined
  rules: PasswordRules
}

/** The form for the new password. */
export function PasswordForm({ texts, email, rules }: PasswordFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(setPassword, [])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {email !== undefined && (
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      )}
      <NewPasswordField {...field('new_password')} label={texts.newPassword} rules={rules} />
      <p className="text-ink-soft">{texts.everywhere}</p>
      <SubmitButton pendingText={texts.saving}>{texts.save}</SubmitButton>
    </form>
  )
}
