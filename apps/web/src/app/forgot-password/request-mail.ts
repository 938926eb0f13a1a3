import { passwordResetRequest } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { getEnvironment } from '../../environment.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors } from '../../forms/form-state.ts'
import { keepBrowserSecret, writeAskedMail } from '../../mailed-links/cookies.ts'
import { describeMailFailure, openAccountService } from '../../mailed-links/service.ts'

/**
 * Asks the service for a mail in the name of this browser, and keeps where it went. Returns what is
 * wrong, by field.
 */
export async function requestMail(entered: string | undefined): Promise<FormErrors<'email'> | undefined> {
  const input = passwordResetRequest.safeParse({ email: entered })
  if (!input.success) return describeIssues(input.error.issues)
  const { isProduction } = getEnvironment()
  const { email } = input.data
  const kept = await cookies()
  try {
    const service = await openAccountService()
    const browser = keepBrowserSecret(kept, isProduction)
    await service.auth.passwordReset.mutate({ email, browser })
    writeAskedMail(kept, { email, at: Math.ceil(Date.now() / 1000) }, isProduction)
    return undefined
  } catch (error) {
    return describeMailFailure(error)
  }
}
