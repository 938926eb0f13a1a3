'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { enterCode } from './enter-code.ts'

/** The form for the code of the mail. */
export function CodeForm({ texts }: { texts: Texts['mailCode'] }): ReactNode {
  const { state, ref, submit, field } = useForm(enterCode, ['code'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <CodeField {...field('code')} label={texts.label} hint={texts.hint} defaultValue={state.values.code} />
      <SubmitButton pendingText={texts.checking}>{texts.continue}</SubmitButton>
    </form>
  )
}
