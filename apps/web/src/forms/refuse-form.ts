import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../environment.ts'
import { findPagePath, pagePathHeader } from '../language/page-path.ts'
import { readUserId } from '../session/cookies.ts'
import { showInAnswer } from './answer.ts'
import { writeFlash } from './flash.ts'
import { failForm, type FormState } from './form-state.ts'

/**
 * Answers a failed attempt: see `failForm`. A form that came without JavaScript is answered with a
 * redirect to its page, which shows the state: a browser that goes back to the answer of a POST
 * says that the document has expired. What is too large for that shows in the answer itself.
 */
export async function refuseForm<Field extends string>(
  ...failure: Parameters<typeof failForm<Field>>
): Promise<FormState<Field>> {
  const state = failForm(...failure)
  const sent = await headers()
  if (sent.has('next-action')) return state
  const page = findPagePath(sent.get(pagePathHeader) ?? undefined)
  if (page === undefined) return showInAnswer(state)
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  const owner = readUserId(kept, isProduction)
  if (!writeFlash(kept, { ...state, owner, page }, isProduction)) return showInAnswer(state)
  redirect(page)
}
