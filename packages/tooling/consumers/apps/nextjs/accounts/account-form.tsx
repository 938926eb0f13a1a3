'use client'

import { useActionState } from 'react'
import type { FormErrors } from './form-errors'

interface Props {
  label: string
  action: (errors: FormErrors, form: FormData) => Promise<FormErrors>
}

export function AccountForm({ label, action }: Props) {
  const [errors, submit, isPending] = useActionState(action, {})
  return (
    <form action={submit}>
      <h1>{label}</h1>
      <p role="alert">{errors.message}</p>
      <label>
        Email <input name="email" type="email" autoComplete="username" required />
      </label>
      <p>{errors.fields?.['email']}</p>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <p>{errors.fields?.['password']}</p>
      <button disabled={isPending}>{label}</button>
    </form>
  )
}
