'use client'

import type { ReactNode } from 'react'
import type { FormAction } from '../forms/keep-entered.ts'
import { useForm } from '../forms/use-form.ts'
import { CodeField } from '../ui/code-field.tsx'
import { FormError } from '../ui/form-error.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import type { CodeTexts } from './code-texts.ts'

interface CodeFormProps {
  /** The form's action: it gets `code`. */
  action: FormAction<'code'>
  texts: CodeTexts
}

/** The form for the code of a mail. */
export function CodeForm({ action, texts }: CodeFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(action, ['code'])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <CodeField {...field('code')} label={texts.label} hint={texts.hint} defaultValue={state.values.code} />
      <SubmitButton pendingText={texts.checking}>{texts.continue}</SubmitButton>
    </form>
  )
}
