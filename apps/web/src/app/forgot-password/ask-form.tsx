'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { EmailField } from '../../ui/email-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { ask } from './ask.ts'

interface AskFormProps {
  texts: Pick<Texts['forgotPassword'], 'send' | 'sending'>
  /** The email that was asked for before, to be corrected. */
  email: string | undefined
}

/** The form for the email to which the mail goes. It works without JavaScript. */
export function AskForm({ texts, email }: AskFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(ask, ['email'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <EmailField {...field('email')} defaultValue={state.values.email ?? email} required />
      <SubmitButton pendingText={texts.sending}>{texts.send}</SubmitButton>
    </form>
  )
}
