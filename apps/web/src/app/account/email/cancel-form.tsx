'use client'

import type { ReactNode } from 'react'
import { useForm } from '../../../forms/use-form.ts'
import type { Texts } from '../../../texts/texts.ts'
import { FormError } from '../../../ui/form-error.tsx'
import { SubmitButton } from '../../../ui/submit-button.tsx'
import { cancelChange } from './cancel-change.ts'

interface CancelFormProps {
  texts: Pick<Texts['accountEmail'], 'cancel' | 'cancelling'>
}

/** The button that cancels a change of email. */
export function CancelForm({ texts }: CancelFormProps): ReactNode {
  const { state, ref, submit } = useForm(cancelChange, [])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <SubmitButton look="quiet" pendingText={texts.cancelling}>
        {texts.cancel}
      </SubmitButton>
    </form>
  )
}
