'use server'

import { passwordResetCheck } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { readAskedMail, readBrowserSecret, writeProof } from '../../mailed-links/cookies.ts'
import { forgotPasswordPath, resetPasswordPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { readTexts } from '../../texts/texts.ts'

/**
 * The form's action: takes the code of the mail that this browser asked for, and redirects to the
 * form for the new password; or returns what is wrong.
 */
export async function enterCode(previous: FormState<'code'>, form: FormData): Promise<FormState<'code'>> {
  const { code } = readEntries(form, ['code'])
  const asked = readAskedMail(await cookies(), getEnvironment().isProduction)
  if (asked === undefined) redirect(forgotPasswordPath)
  const errors = await check(asked.email, code)
  if (errors === undefined) redirect(resetPasswordPath)
  return refuseForm(previous, { values: { code }, errors, fields: ['code'], otherwise: 'code' })
}

async function check(email: string, entered: string | undefined): Promise<FormErrors<'code'> | undefined> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const browser = readBrowserSecret(kept, isProduction)
  const input = passwordResetCheck.safeParse({ email, code: entered, browser })
  if (!input.success) return describeIssues(input.error.issues)
  const { code = '' } = input.data
  try {
    const service = await openAccountService()
    await service.auth.passwordResetCheck.mutate({ email, code, browser })
    writeProof(kept, { email, code }, isProduction)
    return undefined
  } catch (error) {
    if (findLinkOver(error) !== undefined) return { code: (await readTexts()).mailCode.wrong }
    return describeMailFailure(error)
  }
}
