'use client'

import { type ReactNode, useEffect } from 'react'
import { useForm } from '../../forms/use-form.ts'
import { verifyEmailPath } from '../../mailed-links/paths.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { Decision, type LinkTexts } from './decision.tsx'
import type { ShownRegistrant } from './registrant-facts.tsx'
import { answerLink } from './verify-link.ts'

interface LinkButtonProps {
  texts: LinkTexts
  /** The secret of the link. */
  token: string
  /** The words of the button. */
  button: string
  /** Who registered, where the form was sent without JavaScript. */
  registrant: ShownRegistrant | undefined
}

/**
 * The form of a link. Nothing is sent before its button is pressed. In a browser that did not
 * register, it then shows who did, and asks whether that was the reader.
 */
export function LinkButton({ texts, token, button, registrant: first }: LinkButtonProps): ReactNode {
  const form = useForm(answerLink, ['code'])
  const { state, ref, submit } = form
  useEffect(() => window.history.replaceState(null, '', verifyEmailPath), [])
  const registrant = state.shown ?? first
  if (registrant !== undefined)
    return <Decision texts={texts} token={token} form={form} registrant={registrant} />
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="hidden" name="t" value={token} />
      <SubmitButton pendingText={texts.verifyEmail.confirming}>{button}</SubmitButton>
    </form>
  )
}
