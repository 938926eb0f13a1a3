import { type RefObject, useActionState, useEffect, useRef } from 'react'
import { blankForm, type FormState } from './form-state.ts'

/** What a field of the form is given. */
interface FieldState<Field extends string> {
  name: Field
  error: string | undefined
  attempt: number
  startsFocused: boolean
}

interface Form<Field extends string> {
  state: FormState<Field>
  /** For the form: `<form ref={ref} action={submit} noValidate>`. */
  ref: RefObject<HTMLFormElement | null>
  submit: (entered: FormData) => void
  /** For a field: `<Field {...field('email')} />`. */
  field: (name: Field) => FieldState<Field>
}

/**
 * A form that a server action answers. It works without JavaScript; with it, the cursor goes to the field to correct after
 * each attempt.
 */
export function useForm<Field extends string>(
  action: (previous: FormState<Field>, entered: FormData) => Promise<FormState<Field>>,
): Form<Field> {
  const [state, submit] = useActionState(action, blankForm<Field>())
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
