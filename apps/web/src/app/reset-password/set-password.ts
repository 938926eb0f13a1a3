'use server'

import { passwordReset } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import {
  clearProof,
  clearReset,
  readBrowserSecret,
  readProof,
  type ResetProof,
} from '../../mailed-links/cookies.ts'
import { type LinkOver, linkOverPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { clearSession } from '../../session/cookies.ts'
import { loginPath } from '../../session/paths.ts'

type PasswordField = 'new_password'
type Setting = { kind: 'set' } | { kind: 'over'; because: LinkOver } | { kind: 'failed'; errors: Errors }
type Errors = FormErrors<PasswordField>

/**
 * The form's action: changes the password, logs this browser out and redirects to the login; or
 * returns what is wrong, and the link stays good. It returns no password.
 */
export async function setPassword(
  previous: FormState<PasswordField>,
  form: FormData,
): Promise<FormState<PasswordField>> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const proof = readProof(kept, isProduction)
  if (proof === undefined) redirect(linkOverPath('invalid'))
  const setting = await set(proof, readEntries(form, ['new_password']).new_password)
  if (setting.kind === 'failed') {
    const { errors } = setting
    return refuseForm(previous, { values: {}, errors, fields: ['new_password'], otherwise: 'new_password' })
  }
  if (setting.kind === 'over') {
    clearProof(kept, isProduction)
    redirect(linkOverPath(setting.because))
  }
  clearReset(kept, isProduction)
  clearSession(kept, isProduction)
  redirect(loginPath(undefined, 'password-reset'))
}

async function set(proof: ResetProof, entered: string | undefined): Promise<Setting> {
  const browser = readBrowserSecret(await cookies(), getEnvironment().isProduction)
  const input = passwordReset.safeParse({ ...proof, browser, new_password: entered })
  if (!input.success) return { kind: 'failed', errors: await describeIssues(input.error.issues) }
  try {
    await (await openAccountService()).auth.passwordResetConfirm.mutate(input.data)
    return { kind: 'set' }
  } catch (error) {
    const because = findLinkOver(error)
    return because === undefined
      ? { kind: 'failed', errors: await describeMailFailure(error) }
      : { kind: 'over', because }
  }
}
