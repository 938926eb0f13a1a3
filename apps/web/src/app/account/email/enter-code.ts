'use server'

import { findAuthError } from '@pockitflyer/auth-client'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../../environment.ts'
import { readEntries } from '../../../forms/entries.ts'
import type { FormErrors, FormState } from '../../../forms/form-state.ts'
import { refuseForm } from '../../../forms/refuse-form.ts'
import { clearAskedChange, readBrowserSecret } from '../../../mailed-links/cookies.ts'
import {
  accountEmailPath,
  type EmailChangeOver,
  emailChangeOverPath,
  findEmailChangeOver,
} from '../../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver } from '../../../mailed-links/service.ts'
import { authenticatedAction } from '../../../session/authenticated-action.ts'
import { readTexts } from '../../../texts/texts.ts'

/**
 * The form's action: changes the email with the code of the mail to the new one, and redirects to
 * the page that says so, or that the old mailbox must agree; or returns what is wrong.
 */
export async function enterCode(previous: FormState<'code'>, form: FormData): Promise<FormState<'code'>> {
  const { code = '' } = readEntries(form, ['code'])
  const errors =
    code.trim() === '' ? { code: (await readTexts()).accountEmail.codeNeeded } : await confirm(code, form)
  return refuseForm(previous, { values: { code }, errors, fields: ['code'], otherwise: 'code' })
}

async function confirm(code: string, form: FormData): Promise<FormErrors<'code'>> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const browser = readBrowserSecret(kept, isProduction)
  let failure: unknown
  let over: EmailChangeOver | undefined
  const outcome = await authenticatedAction({ path: accountEmailPath, form }, async ({ auth }) => {
    const { email } = await auth.me.query()
    try {
      over = findEmailChangeOver(await auth.emailChangeConfirm.mutate({ email, code, browser }))
      if (over === 'changed') clearAskedChange(kept, isProduction)
    } catch (error) {
      failure = error
    }
  })
  if (outcome.kind !== 'done') return outcome.errors
  if (over !== undefined) redirect(emailChangeOverPath(over))
  if (findAuthError(failure)?.code === 'email_taken') redirect(emailChangeOverPath('taken'))
  return findLinkOver(failure) === undefined
    ? describeMailFailure(failure)
    : { code: (await readTexts()).mailCode.wrong }
}
