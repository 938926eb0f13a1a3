'use server'

import { loginInput } from '@pockitflyer/auth/schema'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { createAccountService, withPatience } from '../../account-service.ts'
import { getEnvironment } from '../../environment.ts'
import { writeSession } from '../../session/cookies.ts'
import { describeLoginError, describeLoginIssues } from './login-errors.ts'
import type { LoginErrors, LoginState } from './login-state.ts'

/** The form's action: logs in and goes to the account, or says what is wrong and keeps the email. */
export async function login(previous: LoginState, form: FormData): Promise<LoginState> {
  const email = form.get('email') ?? undefined
  const errors = await startSession({ email, password: form.get('password') ?? undefined })
  if (errors === undefined) redirect('/account')
  return { attempt: previous.attempt + 1, email: typeof email === 'string' ? email : '', errors }
}

async function startSession(
  entered: Record<keyof typeof loginInput.shape, unknown>,
): Promise<LoginErrors | undefined> {
  const input = loginInput.safeParse(entered)
  if (!input.success) return describeLoginIssues(input.error.issues)
  try {
    const service = createAccountService({ headers: await headers() })
    const session = await service.auth.login.mutate(input.data, withPatience())
    writeSession(await cookies(), session, getEnvironment().isProduction)
    return undefined
  } catch (error) {
    return describeLoginError(error)
  }
}
