'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { CodeTexts } from '../../mailed-links/code-texts.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { EmailField } from '../../ui/email-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { verifyCode } from './verify-code.ts'

interface CodeByHandProps {
  texts: CodeTexts
  button: string
  /** Whether to ask for the email: this browser does not wait for a mail. */
  asksEmail: boolean
}

/** The form that verifies an email with the code of its mail. It works without JavaScript. */
export function CodeByHand({ texts, button, asksEmail }: CodeByHandProps): ReactNode {
  const { state, ref, submit, field } = useForm(verifyCode, ['email', 'code'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {asksEmail && <EmailField {...field('email')} defaultValue={state.values.email} required />}
      <CodeField {...field('code')} label={texts.label} hint={texts.hint} defaultValue={state.values.code} />
      <SubmitButton look={asksEmail ? 'quiet' : 'main'} pendingText={texts.checking}>
        {button}
      </SubmitButton>
    </form>
  )
}
