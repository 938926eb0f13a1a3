'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import type { FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { readAskedMail } from '../../mailed-links/cookies.ts'
import { forgotPasswordPath, mailSentPath } from '../../mailed-links/paths.ts'
import { requestMail } from './request-mail.ts'
import { findSecondsLeft } from './resend-wait.ts'

/**
 * The form's action: asks for the mail once more. The service drops a request within a minute of
 * the last, so the page asks such a visitor to wait instead.
 */
export async function resend(previous: FormState<never>): Promise<FormState<never>> {
  const asked = readAskedMail(await cookies(), getEnvironment().isProduction)
  if (asked === undefined) redirect(forgotPasswordPath)
  if (findSecondsLeft(asked) > 0) redirect(mailSentPath('too-soon'))
  const errors = await requestMail(asked.email)
  if (errors === undefined) redirect(mailSentPath('again'))
  return refuseForm(previous, { values: {}, errors: { form: errors.form ?? errors.email }, fields: [] })
}
