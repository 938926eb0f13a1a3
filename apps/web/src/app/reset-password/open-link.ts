'use server'

import { passwordResetCheck } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { checkLink } from '../../mailed-links/check-link.ts'
import { readBrowserSecret, writeProof } from '../../mailed-links/cookies.ts'
import { type LinkOver, linkOverPath, resetPasswordPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'

type Opening = { kind: 'open' } | { kind: 'over'; because: LinkOver } | { kind: 'failed'; errors: Errors }
type Errors = FormErrors<'code'>

/**
 * The form's action: checks the link and redirects to the form for the new password, or to the page
 * that says why the link goes no further. In a browser that did not ask for the mail it asks for
 * the code first. It uses nothing up.
 */
export async function openLink(previous: FormState<'code'>, form: FormData): Promise<FormState<'code'>> {
  const { t: token = '', code = '' } = readEntries(form, ['t', 'code'])
  const opening = await open({ token, code })
  if (opening.kind === 'over') redirect(linkOverPath(opening.because))
  if (opening.kind === 'open') redirect(resetPasswordPath)
  const { errors } = opening
  return refuseForm(previous, { values: { code }, errors, fields: ['code'], otherwise: 'code' })
}

async function open(entered: { token: string; code: string }): Promise<Opening> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const browser = readBrowserSecret(kept, isProduction)
  const input = passwordResetCheck.safeParse({ token: entered.token, browser })
  if (!input.success) return { kind: 'over', because: 'invalid' }
  const { token = '' } = input.data
  const { auth } = await openAccountService()
  try {
    const errors = await checkLink((proof) => auth.passwordResetCheck.mutate(proof), {
      ...entered,
      token,
      browser,
    })
    if (errors !== undefined) return { kind: 'failed', errors }
    writeProof(kept, { token }, isProduction)
    return { kind: 'open' }
  } catch (error) {
    const because = findLinkOver(error)
    return because === undefined
      ? { kind: 'failed', errors: await describeMailFailure(error) }
      : { kind: 'over', because }
  }
}
