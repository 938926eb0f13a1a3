'use server'

import { redirect } from 'next/navigation'
import { readEntries } from '../../forms/entries.ts'
import type { FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { mailSentPath } from '../../mailed-links/paths.ts'
import { requestMail } from './request-mail.ts'

/**
 * The form's action: asks for a mail and redirects to the page that waits for it, also for an email
 * without an account; or returns what is wrong and keeps the email.
 */
export async function ask(previous: FormState<'email'>, form: FormData): Promise<FormState<'email'>> {
  const { email } = readEntries(form, ['email'])
  const errors = await requestMail(email)
  if (errors === undefined) redirect(mailSentPath('sent'))
  return refuseForm(previous, { values: { email }, errors, fields: ['email'], otherwise: 'email' })
}
