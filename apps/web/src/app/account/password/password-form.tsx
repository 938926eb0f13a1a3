'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../../forms/use-form.ts'
import { FormError } from '../../../ui/form-error.tsx'
import { NewPasswordField } from '../../../ui/new-password-field.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { changePassword } from './change-password.ts'

interface PasswordFormProps {
  /** For password managers, which save the new password under it. */
  email: string
  /** Minimum length of a new password in characters. */
  minLength: number
}

/** The form for the current password and the new one. */
export function PasswordForm({ email, minLength }: PasswordFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(changePassword, [])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        {...field('current_password')}
        label="Current password"
        autoComplete="current-password"
        required
      />
      <NewPasswordField {...field('new_password')} label="New password" minLength={minLength} />
      <p className="text-ink-soft">You stay logged in here, and are logged out on every other device.</p>
      <SubmitButton pendingText="Changing your password…">Change password</SubmitButton>
    </form>
  )
}
