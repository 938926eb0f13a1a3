'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../../forms/use-form.ts'
import type { Texts } from '../../../texts/texts.ts'
import { EmailField } from '../../../ui/email-field.tsx'
import { FormError } from '../../../ui/form-error.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { requestChange } from './request-change.ts'

interface EmailFormProps {
  texts: Pick<Texts['accountEmail'], 'newEmail' | 'currentPassword' | 'proof' | 'send' | 'sending'>
  /** The email that was asked for before, to be corrected. */
  email: string | undefined
}

/** The form for the new email and the current password. */
export function EmailForm({ texts, email }: EmailFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(requestChange, ['new_email'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <EmailField
        {...field('new_email')}
        label={texts.newEmail}
        autoComplete="email"
        defaultValue={state.values.new_email ?? email}
        required
      />
      <PasswordField
        {...field('current_password')}
        label={texts.currentPassword}
        autoComplete="current-password"
        required
      />
      <p className="text-ink-soft">{texts.proof}</p>
      <SubmitButton pendingText={texts.sending}>{texts.send}</SubmitButton>
    </form>
  )
}
