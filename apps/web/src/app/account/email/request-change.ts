'use server'

import { emailChangeInput } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../../environment.ts'
import { readEntries } from '../../../forms/entries.ts'
import { describeIssues } from '../../../forms/failures.ts'
import type { FormErrors, FormState } from '../../../forms/form-state.ts'
import { refuseForm } from '../../../forms/refuse-form.ts'
import { keepBrowserSecret, writeAskedChange } from '../../../mailed-links/cookies.ts'
import { accountEmailPath } from '../../../mailed-links/paths.ts'
import { authenticatedAction } from '../../../session/authenticated-action.ts'
import { readTexts } from '../../../texts/texts.ts'

type EmailFormField = 'new_email' | 'current_password'

/**
 * The form's action: asks for a change of email in the name of this browser and redirects to the
 * page that waits for the mail; or returns what is wrong and keeps the email. It returns no
 * password.
 */
export async function requestChange(
  previous: FormState<EmailFormField>,
  form: FormData,
): Promise<FormState<EmailFormField>> {
  const fields = ['new_email', 'current_password'] as const
  const entered = readEntries(form, fields)
  const errors = await request(entered, form)
  if (errors === undefined) redirect(`${accountEmailPath}?sent`)
  const { new_email } = entered
  return refuseForm(previous, { values: { new_email }, errors, fields, otherwise: 'current_password' })
}

async function request(
  entered: Partial<Record<EmailFormField, string>>,
  form: FormData,
): Promise<FormErrors<EmailFormField> | undefined> {
  const input = emailChangeInput.safeParse(entered)
  if (!input.success) return describeIssues(input.error.issues)
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const sent = { path: accountEmailPath, form, kept: ['new_email'] }
  const outcome = await authenticatedAction(sent, async ({ auth }) => {
    const browser = keepBrowserSecret(kept, isProduction)
    await auth.emailChange.mutate({ ...input.data, browser })
    const at = Math.ceil(Date.now() / 1000)
    writeAskedChange(kept, { email: input.data.new_email, at }, isProduction)
  })
  if (outcome.kind === 'done') return undefined
  const isOff = outcome.kind === 'failed' && outcome.answer?.code === 'mail_off'
  return isOff ? { form: (await readTexts()).accountEmail.off } : outcome.errors
}
