'use server'

import { emailChangeCheck } from '@pockitflyer/auth-protocol/schemas'
import { findAuthError } from '@pockitflyer/auth-client'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { checkLink } from '../../mailed-links/check-link.ts'
import { clearAskedChange, readBrowserSecret } from '../../mailed-links/cookies.ts'
import { type EmailChangeOver, emailChangeOverPath, findEmailChangeOver } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'

type Outcome = { kind: 'over'; because: EmailChangeOver } | { kind: 'failed'; errors: FormErrors<'code'> }

/**
 * The form's action: confirms the change of email whose link this is and redirects to the page that
 * says what came of it: the email changed, one more mailbox must agree, or the link goes no
 * further. In a browser that did not ask for the change it asks for the code first.
 */
export async function confirmChange(previous: FormState<'code'>, form: FormData): Promise<FormState<'code'>> {
  const { t: token = '', code = '' } = readEntries(form, ['t', 'code'])
  const outcome = await confirm({ token, code })
  if (outcome.kind === 'over') redirect(emailChangeOverPath(outcome.because))
  const { errors } = outcome
  return refuseForm(previous, { values: { code }, errors, fields: ['code'], otherwise: 'code' })
}

async function confirm(entered: { token: string; code: string }): Promise<Outcome> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const browser = readBrowserSecret(kept, isProduction)
  const input = emailChangeCheck.safeParse({ token: entered.token, browser })
  if (!input.success) return { kind: 'over', because: 'invalid' }
  const { token = '' } = input.data
  const { auth } = await openAccountService()
  try {
    const check = { ...entered, token, browser }
    const errors = await checkLink((proof) => auth.emailChangeCheck.mutate(proof), check)
    if (errors !== undefined) return { kind: 'failed', errors }
    const proof = { token, browser, ...(entered.code.trim() !== '' && { code: entered.code }) }
    const because = findEmailChangeOver(await auth.emailChangeConfirm.mutate(proof))
    if (because === 'changed') clearAskedChange(kept, isProduction)
    return { kind: 'over', because }
  } catch (error) {
    const because = findAuthError(error)?.code === 'email_taken' ? 'taken' : findLinkOver(error)
    return because === undefined
      ? { kind: 'failed', errors: await describeMailFailure(error) }
      : { kind: 'over', because }
  }
}
