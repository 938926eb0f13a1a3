import type { DraftReason } from './drafts.ts'

/**
 * The error texts by field; `form` for one about no field. `wait`: seconds until another attempt
 * may succeed.
 */
export type FormErrors<Field extends string> = Partial<Record<Field | 'form' | 'wait', string | undefined>>

/**
 * The state of a form: the visitor's last attempt and its outcome. `Shown`: what an attempt may
 * find that is no error.
 */
export interface FormState<Field extends string, Shown = undefined> {
  /** Number of attempts; it makes a repeated error a new one for screen readers. */
  attempt: number
  /** The input, to be corrected. Never a password. */
  values: Partial<Record<Field, string | undefined>>
  errors: FormErrors<Field>
  /** The field that gets the focus. */
  toCorrect: Field | undefined
  shown?: Shown | undefined
  /** Why the form was filled in when the page came, until it is sent. */
  draft?: DraftReason | undefined
  /** What did not reach the server, passwords too. It never leaves the page. */
  unsent?: FormData
  /** Whether what was sent may have arrived: the page shows it when it is loaded again. */
  mayBeSaved?: boolean
}

/** Returns the state of an unused form. */
export function blankForm<Field extends string>(): FormState<Field> {
  return { attempt: 0, values: {}, errors: {}, toCorrect: undefined }
}

/**
 * Returns the state after an attempt that did not reach the server: everything entered stays, and
 * the text stands at a field, or at the form.
 */
export function keepUnsent<State extends FormState<Field, unknown>, Field extends string>(
  { previous, unsent }: { previous: State; unsent: FormData },
  text: string | undefined,
  toCorrect?: Field,
): State {
  const attempt = previous.attempt + 1
  return {
    ...previous,
    attempt,
    errors: { [toCorrect ?? 'form']: text },
    toCorrect,
    unsent,
    mayBeSaved: false,
  }
}

interface Failure<Field extends string> {
  values: FormState<Field>['values']
  errors: FormErrors<Field>
  /** The fields in the order of the page. */
  fields: readonly Field[]
  /** The field to focus when no field is wrong, for example a password, which is not kept. */
  otherwise?: Field
}

/**
 * Returns the state after a failed attempt: the first wrong field gets the focus. A stranger can
 * call an action without a state: then it was the first attempt.
 */
export function failForm<Field extends string>(
  previous: Partial<FormState<Field, unknown>> | undefined,
  { values, errors, fields, otherwise }: Failure<Field>,
): FormState<Field> {
  const toCorrect = fields.find((field) => errors[field] !== undefined) ?? otherwise
  return { attempt: (previous?.attempt ?? 0) + 1, values, errors, toCorrect }
}
