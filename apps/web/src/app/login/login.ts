'use server'

import { findAuthError } from '@pockitflyer/auth-client'
import { loginInput } from '@pockitflyer/auth-protocol/schemas'
import { cookies, headers } from 'next/headers'
import { createAccountService } from '../../account-service.ts'
import { awaitMail } from '../../mailed-links/await-mail.ts'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import { describeFailure, describeIssues } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { keepUsersLanguage } from '../../language/keep-users-language.ts'
import { goOnLoggedIn } from '../../session/go-on-logged-in.ts'
import { accountPath, findReturnPath } from '../../session/paths.ts'
import { readDeviceToken, writeDeviceToken, writeSession } from '../../session/cookies.ts'
import { readTexts } from '../../texts/texts.ts'

type LoginField = 'email' | 'password'

/**
 * The form's action: logs in and redirects to `next`, or returns what is wrong and keeps the email.
 * Who must verify the email first is led to the page that waits for its mail.
 */
export async function login(previous: FormState<LoginField>, form: FormData): Promise<FormState<LoginField>> {
  const { next, ...entered } = readEntries(form, ['email', 'password', 'next'])
  const errors = await startSession(entered)
  if (errors === undefined) return goOnLoggedIn(findReturnPath(next) ?? accountPath)
  return refuseForm(previous, {
    values: { email: entered.email },
    errors,
    fields: ['email', 'password'],
    otherwise: 'password',
  })
}

async function startSession(
  entered: Partial<Record<LoginField, string>>,
): Promise<FormErrors<LoginField> | undefined> {
  const input = loginInput.safeParse(entered)
  if (!input.success) return describeIssues(input.error.issues)
  try {
    const service = createAccountService({ headers: await headers() })
    const { isProduction } = getEnvironment()
    const device_token = readDeviceToken(await cookies(), isProduction)
    const result = await service.auth.login.mutate({ ...input.data, device_token })
    writeSession(await cookies(), result, isProduction)
    writeDeviceToken(await cookies(), result.device_token, isProduction)
    await keepUsersLanguage(result.access)
    return undefined
  } catch (error) {
    if (findAuthError(error)?.code !== 'email_not_verified') return describeLoginFailure(error)
  }
  return awaitMail(input.data.email)
}

/** Does not reveal which of email and password is wrong. */
async function describeLoginFailure(error: unknown): Promise<FormErrors<LoginField>> {
  const answer = findAuthError(error)
  return answer?.code === 'invalid_credentials'
    ? { password: (await readTexts()).login.wrong }
    : describeFailure(answer)
}
