import type { ReactNode } from 'react'

/** The props of every field: an input as well as a text area. */
export interface FieldProps {
  /** Also the control's id: a form has one field of each name. */
  name: string
  label: string
  /** Help for the visitor before the input. */
  hint?: string | undefined
  /** The error of the value, shown beside the field and announced to screen readers. */
  error?: string | undefined
  /** Number of attempts: a repeated error is then announced again. */
  attempt?: number | undefined
  /** Whether a page that is sent anew without JavaScript opens with the focus here. */
  startsFocused?: boolean | undefined
}

interface FieldFrameProps extends FieldProps {
  /** The control, with `describeField`. */
  children: ReactNode
}

/** A control with its label, its hint and its error. */
export function FieldFrame({ name, label, hint, error, attempt, children }: FieldFrameProps): ReactNode {
  return (
    <div>
      <label htmlFor={name} className="field-label">
        {label}
      </label>
      {children}
      {hint !== undefined && (
        <p id={hintId(name)} className="mt-1.5 text-ink-soft">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p key={attempt} id={errorId(name)} role="alert" className="field-error">
          <span>{error}</span>
        </p>
      )}
    </div>
  )
}

/** Returns the attributes that connect a control to its frame. */
export function describeField({ name, hint, error, startsFocused }: Omit<FieldProps, 'label'>) {
  const texts = [error !== undefined && errorId(name), hint !== undefined && hintId(name)]
  return {
    id: name,
    name,
    autoFocus: startsFocused,
    'aria-invalid': error !== undefined,
    'aria-describedby': texts.filter(Boolean).join(' ') || undefined,
  }
}

/** The style of a control. */
export const controlLook = 'control'

const hintId = (name: string) => `${name}-hint`
const errorId = (name: string) => `${name}-error`
