'use server'

import { readEntries } from '../../forms/entries.ts'
import { failForm, type FormState } from '../../forms/form-state.ts'
import { verify } from './verify.ts'

/** The form's action: verifies the email of a link. */
export async function verifyLink(previous: FormState<never>, form: FormData): Promise<FormState<never>> {
  const { t: token = '' } = readEntries(form, ['t'])
  const errors = await verify({ token })
  return failForm(previous, { values: {}, errors: { form: errors.form ?? errors.code }, fields: [] })
}
