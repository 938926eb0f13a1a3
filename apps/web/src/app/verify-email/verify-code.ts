'use server'

import { cookies } from 'next/headers'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import type { FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { readVerifyingMail } from '../../mailed-links/cookies.ts'
import { verify } from './verify.ts'

type Field = 'email' | 'code'

/** The form's action: verifies an email with the code of its mail. */
export async function verifyCode(previous: FormState<Field>, form: FormData): Promise<FormState<Field>> {
  const { email, code } = readEntries(form, ['email', 'code'])
  const waiting = readVerifyingMail(await cookies(), getEnvironment().isProduction)
  const errors = await verify({ email: email ?? waiting?.email, code })
  return refuseForm(previous, {
    values: { email, code },
    errors,
    fields: ['email', 'code'],
    otherwise: 'code',
  })
}
