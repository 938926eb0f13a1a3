import type { ComponentProps, ReactNode } from 'react'
import { controlLook, describeField, FieldFrame, type FieldProps } from './field-frame.tsx'

type AreaProps = Omit<ComponentProps<'textarea'>, 'id' | 'name' | 'autoFocus'>

/** Several lines of text. */
export function TextArea(props: FieldProps & AreaProps): ReactNode {
  const { name, label, hint, error, attempt, startsFocused, ...area } = props
  return (
    <FieldFrame {...{ name, label, hint, error, attempt }}>
      <textarea
        {...area}
        {...describeField({ name, hint, error, startsFocused })}
        className={`${controlLook} field-sizing-content min-h-32 leading-relaxed`}
      />
    </FieldFrame>
  )
}
