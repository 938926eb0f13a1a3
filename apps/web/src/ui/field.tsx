import type { ComponentProps, ReactNode } from 'react'
import { controlLook, describeField, FieldFrame, type FieldProps } from './field-frame.tsx'

type InputProps = Omit<ComponentProps<'input'>, 'id' | 'name' | 'autoFocus'>

export interface InputFieldProps extends FieldProps, InputProps {
  /** A control inside the input, at its end. */
  control?: ReactNode
}

/** A line of text. */
export function Field(props: InputFieldProps): ReactNode {
  const { name, label, hint, error, attempt, startsFocused, control, ...input } = props
  return (
    <FieldFrame {...{ name, label, hint, error, attempt }}>
      <div className="relative" dir={input.dir === 'ltr' ? 'ltr' : undefined}>
        <input {...input} {...describeField({ name, hint, error, startsFocused })} className={controlLook} />
        {control}
      </div>
    </FieldFrame>
  )
}
