import { type RefObject, useActionState, useEffect, useRef, useState } from 'react'
import { useOwner } from '../session/owner.tsx'
import { loadAfterLoad, useAfterLoad } from '../after-load/use-after-load.ts'
import { fillIn } from './fill-in.ts'
import { useFirstState, useFormTexts } from './form-context.tsx'
import { blankForm, type FormState, keepUnsent } from './form-state.ts'
import type { FormAction } from './keep-entered.ts'

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
  const send: FormAction<Field, Shown> = async (previous, unsent) => {
    const loaded = await loadAfterLoad().catch(() => undefined)
    if (loaded === undefined) return keepUnsent({ previous, unsent }, texts.offline)
    return loaded.keepEntered(action, { texts, draft })(previous, unsent)
  }
  const first = useFirstState(kept)
  const [state, submit] = useAction(action, send, first)
  const [reason, setReason] = useState(first.draft)
  const ref = useRef<HTMLFormElement>(null)
  useEffect(() => {
    // React has emptied the form after its attempt.
    if (ref.current !== null && state.unsent !== undefined) fillIn(ref.current, state.unsent)
  }, [state])
  useAfterLoad(({ connectForm }) => ref.current && connectForm(ref.current, draft, setReason))
  useAfterLoad(({ settleForm }) => ref.current && settleForm(ref.current, state), state)

  const field = (name: Field) => ({
    name,
    error: state.errors[name],
    attempt: state.attempt,
    startsFocused: state.toCorrect === name,
  })
  return { state: { ...state, draft: state.attempt === 0 ? reason : undefined }, ref, submit, field }
}

type UseAction = <Field extends string, Shown>(
  action: FormAction<Field, Shown>,
  /** What the page's script sends the form with. */
  send: FormAction<Field, Shown>,
  first: FormState<Field, Shown>,
) => readonly [state: FormState<Field, Shown>, submit: (entered: FormData) => void, ...unknown[]]

/** By its action. Marked, so that a page's script has none of it. */
const plainForms = /* @__PURE__ */ new WeakMap<object, (entered: FormData) => void>()

/**
 * What React needs for a form that is sent without JavaScript: the action itself. React encodes the
 * state that is bound to it, for which it renders the form twice. `useActionState` binds one to
 * each form of each page, which costs the login page an eighth of its processor time: here an
 * action has one, that of an unused form. How an attempt ended comes by `flash`.
 */
const usePlainForm: UseAction = (action, _send, first) => {
  const submit = plainForms.get(action) ?? action.bind(null, blankForm())
  plainForms.set(action, submit)
  return [first, submit]
}

const useScript: UseAction = (_action, send, first) => useActionState(send, first)

const useAction = typeof window === 'undefined' ? usePlainForm : useScript
