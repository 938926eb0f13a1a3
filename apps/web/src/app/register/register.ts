'use server'

import { findAuthError } from '@pockitflyer/auth-client'
import { type RegisterInput, registerInput } from '@pockitflyer/auth-protocol/schemas'
import { cookies, headers } from 'next/headers'
import { createAccountService } from '../../account-service.ts'
import { awaitMail } from '../../mailed-links/await-mail.ts'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import { describeWithNewPassword } from '../../forms/describe-new-password.ts'
import { describeFailure } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { makeBrowserSecret, writeBrowserSecret } from '../../mailed-links/cookies.ts'
import { goOnLoggedIn } from '../../session/go-on-logged-in.ts'
import { accountPath, findReturnPath } from '../../session/paths.ts'
import { readTexts } from '../../texts/texts.ts'
import { readDeviceToken, writeDeviceToken, writeSession } from '../../session/cookies.ts'

type RegisterField = 'email' | 'password' | 'display_name'

/**
 * The form's action: registers, logs in and redirects to `next`, or to the page that waits for the
 * mail that confirms it; or returns what is wrong and keeps everything except the password.
 */
export async function register(
  previous: FormState<RegisterField>,
  form: FormData,
): Promise<FormState<RegisterField>> {
  const { next, ...entered } = readEntries(form, ['email', 'password', 'display_name', 'next'])
  const errors = await startAccount(entered)
  if (errors === undefined) return goOnLoggedIn(findReturnPath(next) ?? `${accountPath}?notice=welcome`)
  return refuseForm(previous, {
    values: { email: entered.email, display_name: entered.display_name },
    errors,
    fields: ['email', 'password', 'display_name'],
    otherwise: 'password',
  })
}

async function startAccount(
  entered: Partial<Record<RegisterField, string>>,
): Promise<FormErrors<RegisterField> | undefined> {
  const input = registerInput.safeParse({
    ...entered,
    display_name: entered.display_name?.trim() || undefined,
  })
  if (!input.success) {
    const password = { field: 'password', value: entered.password }
    return describeWithNewPassword(input.error.issues, password)
  }
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const browser = makeBrowserSecret(kept, isProduction)
  const result = await callRegister({
    ...input.data,
    browser,
    device_token: readDeviceToken(kept, isProduction),
  })
  if ('errors' in result) return result.errors
  if (!('access' in result)) return awaitMail(input.data.email, browser)
  if (result.user.email_verified === false) writeBrowserSecret(kept, browser, isProduction)
  writeSession(kept, result, isProduction)
  writeDeviceToken(kept, result.device_token, isProduction)
  return undefined
}

async function callRegister(input: RegisterInput) {
  try {
    return await createAccountService({ headers: await headers() }).auth.register.mutate(input)
  } catch (error) {
    return { errors: await describeRegisterFailure(error) }
  }
}

async function describeRegisterFailure(error: unknown): Promise<FormErrors<RegisterField>> {
  const answer = findAuthError(error)
  return answer?.code === 'registration_closed'
    ? { form: (await readTexts()).register.closedError }
    : describeFailure(answer)
}
