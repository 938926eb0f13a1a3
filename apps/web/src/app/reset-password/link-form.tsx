'use client'

import { type ReactNode, useEffect } from 'react'
import { useForm } from '../../forms/use-form.ts'
import { resetPasswordPath } from '../../password-reset/paths.ts'
import type { Texts } from '../../texts/texts.ts'
import { CodeField } from '../../ui/code-field.tsx'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { openLink } from './open-link.ts'

interface LinkFormProps {
  texts: Texts['mailCode']
  /** The secret of the link. */
  token: string
  /** Whether to ask for the code at once: this browser has not asked for a mail. */
  asksCode: boolean
}

/**
 * The form that goes on from a link: one button in the browser that asked for the mail, the code of
 * the mail in another. Nothing is sent before a person presses the button.
 */
export function LinkForm({ texts, token, asksCode }: LinkFormProps): ReactNode {
  const { state, ref, submit, field } = useForm(openLink, ['code'])
  useEffect(() => window.history.replaceState(null, '', resetPasswordPath), [])
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
      <SubmitButton pendingText={texts.checking}>{texts.continue}</SubmitButton>
    </form>
  )
}
