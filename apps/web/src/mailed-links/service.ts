import { type AuthErrorData, findAuthError } from '@pockitflyer/auth-client'
import { headers } from 'next/headers'
import { createAccountService } from '../account-service.ts'
import { describeFailure } from '../forms/failures.ts'
import { readTexts } from '../texts/texts.ts'
import type { LinkOver } from './paths.ts'

/** The account service, asked by the browser of this request. */
export async function openAccountService() {
  return createAccountService({ headers: await headers() })
}

/** Returns why a link or a code goes no further; undefined for another failure. */
export function findLinkOver(error: unknown): LinkOver | undefined {
  const code = findAuthError(error)?.code
  if (code === 'link_used') return 'used'
  return code === 'link_invalid' ? 'invalid' : undefined
}

/** Returns the texts for a failed call about a mail, by field; `form` for the rest. */
export async function describeMailFailure(error: unknown): Promise<Record<string, string | undefined>> {
  const answer: AuthErrorData | undefined = findAuthError(error)
  return answer?.code === 'mail_off'
    ? { form: (await readTexts()).forgotPassword.off }
    : describeFailure(answer)
}
