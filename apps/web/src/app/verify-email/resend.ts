'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { verifySentPath } from '../../mailed-links/paths.ts'
import { getEnvironment } from '../../environment.ts'
import type { FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { keepBrowserSecret, readVerifyingMail, writeVerifyingMail } from '../../mailed-links/cookies.ts'
import { describeMailFailure, openAccountService } from '../../mailed-links/service.ts'
import { loginPath } from '../../session/paths.ts'
import { findSecondsLeft } from '../forgot-password/resend-wait.ts'

/**
 * The form's action: asks for the mail once more. The service drops a request within a minute of
 * the last, so the page asks such a visitor to wait instead.
 */
export async function resend(previous: FormState<never>): Promise<FormState<never>> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const waiting = readVerifyingMail(kept, isProduction)
  if (waiting === undefined) redirect(loginPath(undefined))
  if (findSecondsLeft(waiting) > 0) redirect(verifySentPath('too-soon'))
  const { email } = waiting
  try {
    const browser = keepBrowserSecret(kept, isProduction)
    await (await openAccountService()).auth.emailVerifyResend.mutate({ email, browser })
  } catch (error) {
    const { form, email: ofEmail } = await describeMailFailure(error)
    return refuseForm(previous, { values: {}, errors: { form: form ?? ofEmail }, fields: [] })
  }
  writeVerifyingMail(kept, { email, at: Math.ceil(Date.now() / 1000) }, isProduction)
  redirect(verifySentPath('again'))
}
