import type { AuthErrorCode } from '../errors.ts'
import type { RequestContext } from './context.ts'
import { toAuthError } from './error.ts'
import type { ReadInput } from './procedure.ts'
import { type ProcedureName, procedures } from './procedures.ts'

/** Answers a call that came by either door, and tells the observer how it ended. */
export async function perform(
  procedure: ProcedureName,
  context: RequestContext,
  readInput: ReadInput,
): Promise<unknown> {
  const startedAt = performance.now()
  const tell = (outcome: 'ok' | AuthErrorCode) =>
    context.auth.observer.called({ procedure, outcome, seconds: (performance.now() - startedAt) / 1000 })
  try {
    const answer = await procedures[procedure].answer(context, readInput)
    tell('ok')
    return answer
  } catch (error) {
    tell(toAuthError(error).code)
    throw error
  }
}
