'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { verifyEmailPath } from '../../mailed-links/paths.ts'
import { useForm } from '../../forms/use-form.ts'
import type { Texts } from '../../texts/texts.ts'
import { FormError } from '../../ui/form-error.tsx'
import { SubmitButton } from '../../ui/submit-button.tsx'
import { verifyLink } from './verify-link.ts'

interface LinkButtonProps {
  texts: Texts['verifyEmail']
  /** The secret of the link. */
  token: string
}

/** The form that verifies the email of a link. Nothing is sent before its button is pressed. */
export function LinkButton({ texts, token }: LinkButtonProps): ReactNode {
  const { state, ref, submit } = useForm(verifyLink, [])
  useEffect(() => window.history.replaceState(null, '', verifyEmailPath), [])
  return (
    <form ref={ref} action={submit} noValidate className="grid gap-5">
      <FormError state={state} />
      <input type="hidden" name="t" value={token} />
      <SubmitButton pendingText={texts.confirming}>{texts.confirm}</SubmitButton>
    </form>
  )
}

/** How long after the page came a person presses a button at the earliest, in milliseconds. */
const robotMs = 600

/**
 * The same in a browser that did not register. Robots that check mails send forms and press
 * buttons: the button comes after a person moved, touched or typed, and a while. Its place is kept:
 * what stands below must not move under the pointer.
 */
export function LinkButtonForPeople(props: LinkButtonProps): ReactNode {
  const isPerson = useIsPerson()
  return <div className="min-h-13 noscript:hidden">{isPerson && <LinkButton {...props} />}</div>
}

function useIsPerson(): boolean {
  const [isPerson, setIsPerson] = useState(false)
  useEffect(() => {
    const start = performance.now()
    const notice = (event: Event) => {
      if (event.isTrusted && performance.now() - start > robotMs) setIsPerson(true)
    }
    const kinds = ['pointermove', 'pointerdown', 'keydown']
    for (const kind of kinds) window.addEventListener(kind, notice)
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, notice)
    }
  }, [])
  return isPerson
}
