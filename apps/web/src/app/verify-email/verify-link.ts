'use server'

import { emailVerificationCheck } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { showInAnswer } from '../../forms/answer.ts'
import { readEntries } from '../../forms/entries.ts'
import { failForm, type FormErrors, type FormState } from '../../forms/form-state.ts'
import { readBrowserSecret } from '../../mailed-links/cookies.ts'
import { verifyOverPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { readLanguage } from '../../language/read-language.ts'
import { formatInUtc } from '../../time/time-format.ts'
import { decideByCode } from './decide-by-code.ts'
import type { ShownRegistrant } from './registrant-facts.tsx'
import { verify } from './verify.ts'

/** The form's state; `shown`: who registered, once that is asked in a browser that did not. */
type LinkState = FormState<'code', ShownRegistrant>

/**
 * The action of the forms of a link. `decision`: `press` verifies the email, `confirm` and `reject`
 * need the code. Without it, the email is verified in the browser that registered; in another one
 * nothing changes, and the state tells who registered.
 */
export async function answerLink(previous: LinkState, form: FormData): Promise<LinkState> {
  return showInAnswer(await decide(previous, form))
}

async function decide(previous: LinkState, form: FormData): Promise<LinkState> {
  const { t: token = '', code = '', decision } = readEntries(form, ['t', 'code', 'decision'])
  if (decision === 'press') return fail(previous, await verify({ token }))
  const found = await check(token)
  if ('form' in found) return fail(previous, found)
  const { is_open, is_done, registrant } = found
  const when = formatInUtc(new Date(registrant.created_at), await readLanguage())
  const shown = { ...registrant, when }
  if (decision === 'confirm' || decision === 'reject') {
    const errors = await decideByCode({ token, code, isMine: decision === 'confirm' })
    const failure = { values: { code }, errors, fields: ['code'], otherwise: 'code' } as const
    return { ...failForm<'code'>(previous, failure), shown }
  }
  if (is_open || is_done) return fail(previous, await verify({ token }))
  return { ...fail(previous, {}), shown }
}

function fail(previous: LinkState, { form, code }: FormErrors<'code'>): LinkState {
  return failForm<'code'>(previous, { values: { code: '' }, errors: { form: form ?? code }, fields: [] })
}

async function check(token: string) {
  const browser = readBrowserSecret(await cookies(), getEnvironment().isProduction)
  const input = emailVerificationCheck.safeParse({ token, browser })
  if (!input.success) redirect(verifyOverPath)
  try {
    return await (await openAccountService()).auth.emailVerifyCheck.mutate(input.data)
  } catch (error) {
    if (findLinkOver(error) !== undefined) redirect(verifyOverPath)
    return { form: (await describeMailFailure(error))['form'] }
  }
}
