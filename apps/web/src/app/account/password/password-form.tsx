'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../../forms/use-form.ts'
import { FormError } from '../../../ui/form-error.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { changePassword } from './change-password.ts'

/** The current password and the new one. `email` is for password managers, which file the new one under it. */
export function PasswordForm({ email }: { email: string }): ReactNode {
  const { state, ref, submit, field } = useForm(changePassword)
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
      <PasswordField {...field('new_password')} label="New password" autoComplete="new-password" required />
      <p className="text-ink-soft">You stay logged in here, and are logged out on every other device.</p>
      <SubmitButton pendingText="Changing your password…">Change password</SubmitButton>
    </form>
  )
}
