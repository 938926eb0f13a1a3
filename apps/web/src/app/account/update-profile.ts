'use server'

import { updateProfileInput } from '@pockitflyer/auth-protocol/schemas'
import { redirect } from 'next/navigation'
import { readEntries } from '../../forms/entries.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { authenticatedAction } from '../../session/authenticated-action.ts'
import { accountPages } from './pages.ts'

type ProfileField = 'display_name' | 'bio'

const { path } = accountPages.profile

/**
 * The form's action: saves the profile and shows it, or returns what is wrong and keeps the input.
 * Who has no name yet may leave it blank.
 */
export async function updateProfile(
  previous: FormState<ProfileField>,
  form: FormData,
): Promise<FormState<ProfileField>> {
  const fields = ['display_name', 'bio'] as const
  const { unnamed, ...values } = readEntries(form, [...fields, 'unnamed'])
  const leavesUnnamed = unnamed !== undefined && values.display_name?.trim() === ''
  const errors = await save({ ...values, ...(leavesUnnamed && { display_name: undefined }) }, form)
  if (errors === undefined) redirect(`${path}?notice=profile-saved`)
  return refuseForm(previous, { values, errors, fields })
}

/** Normalizes line breaks: a browser sends two characters for each, and the profile has one. */
async function save(
  { display_name, bio }: FormState<ProfileField>['values'],
  form: FormData,
): Promise<FormErrors<ProfileField> | undefined> {
  const input = updateProfileInput.safeParse({
    profile: { display_name, bio: bio?.replaceAll('\r\n', '\n') },
  })
  if (!input.success) return describeIssues(input.error.issues)
  const sent = { path: `${path}?edit`, form, kept: ['display_name', 'bio'] }
  const outcome = await authenticatedAction(sent, (service) => service.auth.updateProfile.mutate(input.data))
  return outcome.kind === 'done' ? undefined : outcome.errors
}
