'use client'

import type { ReactNode } from 'react'
import type { FormAction } from '../../forms/keep-entered.ts'
import { useCountdown } from '../../forms/use-countdown.ts'
import { useForm } from '../../forms/use-form.ts'
import { fillText } from '@pockitflyer/auth-protocol/errors'
import type { Texts } from '../../texts/texts.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'

interface ResendFormProps {
  /** The form's action: it asks for the mail. */
  action: FormAction<never>
  texts: Pick<Texts['mailSent'], 'wait' | 'resend' | 'resending'>
  /** Seconds until the next mail may be asked for. */
  waitSeconds: number
}

/**
 * The button that asks for the mail again. Its script shows it when the wait is over; without
 * JavaScript it is always there, and the action says how long to wait.
 */
export function ResendForm({ action, texts, waitSeconds }: ResendFormProps): ReactNode {
  const { state, ref, submit } = useForm(action, [])
  const left = useCountdown(waitSeconds)
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      {left > 0 && (
        <p key="wait" className="text-center text-ink-soft noscript:hidden">
          <span key={left}>{fillText(texts.wait, { seconds: left })}</span>
        </p>
      )}
      <div key="button" className={left > 0 ? 'hidden noscript:block' : ''}>
        <SubmitButton look="quiet" pendingText={texts.resending}>
          {texts.resend}
        </SubmitButton>
      </div>
    </form>
  )
}
