import { useActionState } from 'react'
import { accounts } from './accounts'
import { type FormErrors, toFormErrors } from './form-errors'

/** Logs in, or registers. Both start a session, unless a mail must confirm the registration. */
export function AccountForm({ kind }: { kind: 'login' | 'register' }) {
  async function submit(_: FormErrors, form: FormData): Promise<FormErrors> {
    const input = { email: String(form.get('email')), password: String(form.get('password')) }
    try {
      const answer =
        kind === 'login'
          ? await accounts.auth.login.mutate(input)
          : await accounts.auth.register.mutate(input)
      if ('detail' in answer) return { message: answer.detail }
      location.replace('/')
      return {}
    } catch (error) {
      return toFormErrors(error)
    }
  }

  const [errors, action, isPending] = useActionState(submit, {})
  return (
    <form action={action}>
      <h1>{kind === 'login' ? 'Log in' : 'Register'}</h1>
      <p role="alert">{errors.message}</p>
      <label>
        Email <input name="email" type="email" autoComplete="username" required />
      </label>
      <p>{errors.fields?.['email']}</p>
      <label>
        Password <input name="password" type="password" autoComplete="current-password" required />
      </label>
      <p>{errors.fields?.['password']}</p>
      <button disabled={isPending}>{kind === 'login' ? 'Log in' : 'Register'}</button>
    </form>
  )
}
