import type { ComponentProps, ReactNode } from 'react'

export interface FieldProps extends Omit<ComponentProps<'input'>, 'id' | 'autoFocus'> {
  /** Also the input's id: one form has one field of a name. */
  name: string
  label: string
  /** What is wrong with the value; said beside the field and to screen readers. */
  error?: string | undefined
  /** How often the form was sent: an error that comes again is then said again. */
  attempt?: number
  /** Whether the page, made anew without JavaScript, opens with the cursor here. */
  startsFocused?: boolean
  /** A control that stands inside the input, at its end. */
  control?: ReactNode
}

/** An input with its label and its error. */
export function Field({
  name,
  label,
  error,
  attempt,
  startsFocused,
  control,
  ...input
}: FieldProps): ReactNode {
  const errorId = `${name}-error`
  return (
    <div>
      <label htmlFor={name} className="mb-1.5 block font-semibold">
        {label}
      </label>
      <div className="relative">
        <input
          {...input}
          id={name}
          name={name}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- only on the field that is to be corrected
          autoFocus={startsFocused}
          aria-invalid={error !== undefined}
          aria-describedby={error === undefined ? undefined : errorId}
          className={`${inputLook} ${control === undefined ? '' : 'pr-20 noscript:pr-4'}`}
        />
        {control}
      </div>
      {error !== undefined && (
        <p key={attempt} id={errorId} role="alert" className="mt-1.5 flex gap-2 font-medium text-danger">
          <WarningSign />
          {error}
        </p>
      )}
    </div>
  )
}

const inputLook =
  'block min-h-12 w-full rounded-field border-2 border-edge bg-field px-4 py-2.5 text-base text-ink ' +
  'hover:border-ink aria-invalid:border-danger'

function WarningSign(): ReactNode {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true" className="mt-0.5 size-5 shrink-0 fill-current">
      <path d="M10 1.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM9 5.5h2v6H9zm0 7.5h2v2H9z" />
    </svg>
  )
}
