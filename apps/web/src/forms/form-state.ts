/** What is wrong, beside the field it is about; `form` when it is about none. */
export type FormErrors<Field extends string> = Partial<Record<Field | 'form', string | undefined>>

/** What a form shows: the visitor's last attempt and what became of it. */
export interface FormState<Field extends string> {
  /** How often the form was sent; it makes a repeated error a new one for screen readers. */
  attempt: number
  /** What was entered, to correct it. Never a password. */
  values: Partial<Record<Field, string | undefined>>
  errors: FormErrors<Field>
  /** Where the visitor goes on. */
  toCorrect: Field | undefined
}

/** A form before its first use. */
export function blankForm<Field extends string>(): FormState<Field> {
  return { attempt: 0, values: {}, errors: {}, toCorrect: undefined }
}

interface Failure<Field extends string> {
  values: FormState<Field>['values']
  errors: FormErrors<Field>
  /** The fields in the order of the page. */
  fields: readonly Field[]
  /** Where the visitor goes on when no field is wrong: a password, say, which is gone. */
  otherwise?: Field
}

/**
 * The form after an attempt that failed: the visitor goes on at the first wrong field. Anybody can
 * call an action without a state: then it was the first attempt.
 */
export function failForm<Field extends string>(
  previous: Partial<FormState<Field>> | undefined,
  { values, errors, fields, otherwise }: Failure<Field>,
): FormState<Field> {
  const toCorrect = fields.find((field) => errors[field] !== undefined) ?? otherwise
  return { attempt: (previous?.attempt ?? 0) + 1, values, errors, toCorrect }
}
