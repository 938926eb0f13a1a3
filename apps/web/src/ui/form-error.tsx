import type { ReactNode } from 'react'
import { Notice } from './notice.tsx'

interface FormErrorProps {
  /** The form's state. */
  state: { attempt: number; errors: { form?: string | undefined } }
}

/** The error of a whole form; announced again when it happens again. */
export function FormError({ state: { attempt, errors } }: FormErrorProps): ReactNode {
  return errors.form === undefined ? null : (
    <Notice key={attempt} tone="error">
      {errors.form}
    </Notice>
  )
}
