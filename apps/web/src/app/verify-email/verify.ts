import { emailVerification } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { verifyOverPath } from '../../mailed-links/paths.ts'
import { getEnvironment } from '../../environment.ts'
import { describeIssues } from '../../forms/failures.ts'
import type { FormErrors } from '../../forms/form-state.ts'
import { clearVerifyingMail, readBrowserSecret } from '../../mailed-links/cookies.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { loginPath } from '../../session/paths.ts'
import { readTexts } from '../../texts/texts.ts'

type Errors = FormErrors<'email' | 'code'>

/**
 * Verifies an email with a link or a code and redirects to the login; a link that goes no further
 * leads to the page that says so. Returns what else is wrong, by field.
 */
export async function verify(
  entered: { token: string } | { email: string | undefined; code: string | undefined },
): Promise<Errors> {
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const input = emailVerification.safeParse({ ...entered, browser: readBrowserSecret(kept, isProduction) })
  if (!input.success) return describeIssues(input.error.issues)
  try {
    await (await openAccountService()).auth.emailVerify.mutate(input.data)
  } catch (error) {
    if (findLinkOver(error) === undefined) return describeMailFailure(error)
    if ('token' in entered) redirect(verifyOverPath)
    return { code: (await readTexts()).mailCode.wrong }
  }
  clearVerifyingMail(kept, isProduction)
  redirect(loginPath(undefined, 'email-verified'))
}
