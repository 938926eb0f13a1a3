'use client'

import { type ReactNode, useEffect } from 'react'
import type { FormAction } from '../forms/keep-entered.ts'
import { useForm } from '../forms/use-form.ts'
import { CodeField } from '../ui/code-field.tsx'
import { FormError } from '../ui/form-error.tsx'
import { SubmitButton } from '../ui/submit-button.tsx'
import type { CodeTexts } from './code-texts.ts'

interface LinkFormProps {
  /** The form's action: it gets the secret as `t`, and `code`. */
  action: FormAction<'code'>
  /** The path of the page without the secret. */
  path: string
  texts: CodeTexts
  /** The words of the button. Default: to continue. */
  button?: string
  /** The secret of the link. */
  token: string
  /** Whether to ask for the code at once: this browser has not asked for a mail. */
  asksCode: boolean
}

/**
 * The form that goes on from a link: one button in the browser that asked for the mail, the code of
 * the mail in another. Nothing is sent before a person presses the button.
 */
export function LinkForm({ action, path, texts, button, token, asksCode }: LinkFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(action, ['code'])
  useEffect(() => window.history.replaceState(null, '', path), [path])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="hidden" name="t" value={token} />
      {(asksCode || state.errors.code !== undefined || state.values.code) && (
        <CodeField
          {...field('code')}
          label={texts.label}
          hint={texts.hint}
          defaultValue={state.values.code}
        />
      )}
      <SubmitButton pendingText={texts.checking}>{button ?? texts.continue}</SubmitButton>
    </form>
  )
}
