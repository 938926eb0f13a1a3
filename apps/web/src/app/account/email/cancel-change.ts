'use server'

import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../../environment.ts'
import type { FormState } from '../../../forms/form-state.ts'
import { refuseForm } from '../../../forms/refuse-form.ts'
import { clearAskedChange } from '../../../mailed-links/cookies.ts'
import { accountEmailPath } from '../../../mailed-links/paths.ts'
import { authenticatedAction } from '../../../session/authenticated-action.ts'
import { accountPages } from '../pages.ts'

/** The form's action: cancels the change of email and redirects to the account. */
export async function cancelChange(previous: FormState<never>, form: FormData): Promise<FormState<never>> {
  const outcome = await authenticatedAction({ path: accountEmailPath, form }, ({ auth }) =>
    auth.emailChangeCancel.mutate({}),
  )
  if (outcome.kind !== 'done') {
    const errors = { form: outcome.errors['form'] }
    return refuseForm(previous, { values: {}, errors, fields: [] })
  }
  clearAskedChange(await cookies(), getEnvironment().isProduction)
  redirect(`${accountPages.profile.path}?notice=email-kept`)
}
