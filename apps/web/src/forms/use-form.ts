import { type RefObject, useActionState, useEffect, useRef } from 'react'
import { blankForm, type FormState } from './form-state.ts'
import { type FormAction, keepEntered } from './keep-entered.ts'

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
 * field to correct after each attempt. The `kept` fields, which are no passwords, stay when the
 * form does not reach the server.
 */
export function useForm<Field extends string, Shown = undefined>(
  action: FormAction<Field, Shown>,
  kept: readonly Field[],
): Form<Field, Shown> {
  // For a form that is sent without JavaScript, React needs the action itself.
  const asCalled = typeof window === 'undefined' ? action : keepEntered(action, kept)
  const [state, submit] = useActionState<FormState<Field, Shown>, FormData>(asCalled, blankForm<Field>())
  const ref = useRef<HTMLFormElement>(null)

  useEffect(() => {
    const field = state.toCorrect && ref.current?.elements.namedItem(state.toCorrect)
    if (field instanceof HTMLElement) field.focus()
  }, [state])

  const field = (name: Field) => ({
    name,
    error: state.errors[name],
    attempt: state.attempt,
    startsFocused: state.toCorrect === name,
  })
  return { state, ref, submit, field }
}
