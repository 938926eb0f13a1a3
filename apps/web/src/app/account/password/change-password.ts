'use server'

import { changePasswordInput } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../../environment.ts'
import { readEntries } from '../../../forms/entries.ts'
import { describeWithNewPassword } from '../../../forms/describe-new-password.ts'
import type { FormErrors, FormState } from '../../../forms/form-state.ts'
import { refuseForm } from '../../../forms/refuse-form.ts'
import { authenticatedAction } from '../../../session/authenticated-action.ts'
import { writeSession } from '../../../session/cookies.ts'
import { accountPages } from '../pages.ts'

type PasswordField = 'current_password' | 'new_password'

/**
 * The form's action: changes the password, writes the cookies of the new session and redirects to
 * the account, or returns what is wrong. It returns no password.
 */
export async function changePassword(
  previous: FormState<PasswordField>,
  form: FormData,
): Promise<FormState<PasswordField>> {
  const fields = ['current_password', 'new_password'] as const
  const errors = await change(readEntries(form, fields), form)
  if (errors === undefined) redirect(`${accountPages.profile.path}?notice=password-changed`)
  return refuseForm(previous, { values: {}, errors, fields, otherwise: 'current_password' })
}

async function change(
  entered: Partial<Record<PasswordField, string>>,
  form: FormData,
): Promise<FormErrors<PasswordField> | undefined> {
  const input = changePasswordInput.safeParse(entered)
  if (!input.success) {
    const password = { field: 'new_password', value: entered.new_password }
    return describeWithNewPassword(input.error.issues, password)
  }
  const outcome = await authenticatedAction({ path: accountPages.password.path, form }, async (service) => {
    const tokens = await service.auth.changePassword.mutate(input.data)
    writeSession(await cookies(), tokens, getEnvironment().isProduction)
  })
  return outcome.kind === 'done' ? undefined : outcome.errors
}
