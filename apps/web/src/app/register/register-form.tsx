'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { EmailField } from '../../ui/email-field.tsx'
import { Field } from '../../ui/field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { NewPasswordField, type PasswordRules } from '../../ui/new-password-field.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { register } from './register.ts'

interface RegisterFormProps {
  texts: Texts['registerForm']
  /** The path to go on to. */
  next: string | undefined
  rules: PasswordRules
}

/** The form for a registration. */
export function RegisterForm({ texts, next, rules }: RegisterFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(register, ['email', 'display_name'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <EmailField {...field('email')} defaultValue={state.values.email} required />
      <NewPasswordField {...field('password')} label={texts.password} rules={rules} />
      <Field
        {...field('display_name')}
        label={texts.name}
        hint={texts.nameHint}
        autoComplete="nickname"
        defaultValue={state.values.display_name}
      />
      <SubmitButton pendingText={texts.submitting}>{texts.submit}</SubmitButton>
    </form>
  )
}
