import { emailVerificationRejection } from '@pockitflyer/auth-protocol/schemas'
import { redirect } from 'next/navigation'
import type { FormErrors } from '../../forms/form-state.ts'
import { verifyOverPath, verifyRejectedPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { readTexts } from '../../texts/texts.ts'
import { verify } from './verify.ts'

interface Decision {
  token: string
  code: string
  /** Whether the reader of the mail says that they registered. */
  isMine: boolean
}

/**
 * Verifies the email of a link or deletes what was registered, with the code of the mail, and
 * redirects to the page that says so. A robot that presses buttons has no code. Returns what else
 * is wrong, by field.
 */
export async function decideByCode({ isMine, ...entered }: Decision): Promise<FormErrors<'code'>> {
  const { wrong } = (await readTexts()).registrant
  const input = emailVerificationRejection.safeParse(entered)
  if (!input.success) return { code: wrong }
  const { auth } = await openAccountService()
  try {
    if (isMine) await auth.emailVerifyCheck.mutate(input.data)
    else await auth.emailVerifyReject.mutate(input.data)
  } catch (error) {
    const because = findLinkOver(error)
    if (because === 'used') redirect(verifyOverPath)
    return because === 'invalid' ? { code: wrong } : describeMailFailure(error)
  }
  if (isMine) return verify({ token: input.data.token })
  redirect(verifyRejectedPath)
}
