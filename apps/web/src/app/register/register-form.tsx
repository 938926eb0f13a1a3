'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import { EmailField } from '../../ui/email-field.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { NewPasswordField } from '../../ui/new-password-field.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { register } from './register.ts'

interface RegisterFormProps {
  /** The path to go on to. */
  next: string | undefined
  /** Minimum length of a password in characters. */
  minLength: number | undefined
}

/** The form for a registration. */
export function RegisterForm({ next, minLength }: RegisterFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(register, ['email', 'display_name'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <EmailField {...field('email')} defaultValue={state.values.email} required />
      <NewPasswordField {...field('password')} label="Password" minLength={minLength} />
      <Field
        {...field('display_name')}
        label="Display name (optional)"
        hint="What others see. You can change it at any time."
        autoComplete="nickname"
        defaultValue={state.values.display_name}
      />
      <SubmitButton pendingText="Creating your account…">Create account</SubmitButton>
    </form>
  )
}
