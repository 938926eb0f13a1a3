import { type RefObject, useActionState, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useOwner } from '../session/owner.tsx'
import { fillIn, onKeepDrafts, takeDraft, writeDraft } from './drafts.ts'
import { useFirstState } from './flash-context.tsx'
import type { FormState } from './form-state.ts'
import { useFormTexts } from './form-texts.tsx'
import { type FormAction, keepEntered } from './keep-entered.ts'
import { focusFirst } from './focus-first.ts'
import { useTypedSince } from './use-typed-since.ts'

/** The props of a field. */
interface FieldState<Field extends string> {
  name: Field
  error: string | undefined
  attempt: number
  startsFocused: boolean
}

/** A form that is connected to a server action. */
export interface Form<Field extends string, Shown> {
  state: FormState<Field, Shown>
  /** For the form: `<form ref={ref} action={submit} noValidate>`. */
  ref: RefObject<HTMLFormElement | null>
  submit: (entered: FormData) => void
  /** For a field: `<Field {...field('email')} />`. */
  field: (name: Field) => FieldState<Field>
}

/**
 * Connects a form to a server action. It works without JavaScript. With it, the focus moves to the
 * field to correct after each attempt, and what was typed stays where the form is not sent. The
 * `kept` fields, which are no passwords, outlast a login in between and a deployment.
 */
export function useForm<Field extends string, Shown = undefined>(
  action: FormAction<Field, Shown>,
  kept: readonly Field[],
): Form<Field, Shown> {
  const draft = { owner: useOwner(), fields: kept }
  const texts = useFormTexts()
  // For a form that is sent without JavaScript, React needs the action itself.
  const asCalled = typeof window === 'undefined' ? action : keepEntered(action, { texts, draft })
  const first = useFirstState(kept)
  const [state, submit] = useActionState<FormState<Field, Shown>, FormData>(asCalled, first)
  const [reason, setReason] = useState(first.draft)
  const ref = useRef<HTMLFormElement>(null)

  const restore = useEffectEvent(() => {
    const found = takeDraft(draft)
    if (found === undefined) return
    fillIn(ref.current, found.entered)
    setReason(found.reason)
  })
  const keep = useEffectEvent(() => {
    if (ref.current !== null) writeDraft(draft, new FormData(ref.current), 'restored')
  })
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- no server renders what a tab holds
    restore()
    focusFirst(ref.current)
    return onKeepDrafts(() => keep())
  }, [])

  const typedSince = useTypedSince(ref)
  useEffect(() => {
    // React has emptied the form after its attempt.
    if (state.unsent !== undefined) fillIn(ref.current, state.unsent)
    fillIn(ref.current, typedSince.current)
    const field = state.toCorrect && ref.current?.elements.namedItem(state.toCorrect)
    if (field instanceof HTMLElement) field.focus()
  }, [state, typedSince])

  const field = (name: Field) => ({
    name,
    error: state.errors[name],
    attempt: state.attempt,
    startsFocused: state.toCorrect === name,
  })
  return { state: { ...state, draft: state.attempt === 0 ? reason : undefined }, ref, submit, field }
}
