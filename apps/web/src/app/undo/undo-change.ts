'use server'

import { undoInput } from '@pockitflyer/auth-protocol/schemas'
import { cookies } from 'next/headers'
import { redirect } from 'next/navigation'
import { getEnvironment } from '../../environment.ts'
import { readEntries } from '../../forms/entries.ts'
import type { FormErrors, FormState } from '../../forms/form-state.ts'
import { refuseForm } from '../../forms/refuse-form.ts'
import { clearAskedChange, clearReset } from '../../mailed-links/cookies.ts'
import { type UndoOver, undoOverPath } from '../../mailed-links/paths.ts'
import { describeMailFailure, findLinkOver, openAccountService } from '../../mailed-links/service.ts'
import { clearSession } from '../../session/cookies.ts'
import { readTexts } from '../../texts/texts.ts'

type Outcome = { kind: 'over'; because: UndoOver } | { kind: 'failed'; errors: FormErrors<'code'> }

/**
 * The form's action: undoes the change that the link's mail told of, logs this browser out and
 * redirects to the page that says so. It always needs the code: a robot that presses buttons undoes
 * nothing.
 */
export async function undoChange(previous: FormState<'code'>, form: FormData): Promise<FormState<'code'>> {
  const { t: token = '', code = '' } = readEntries(form, ['t', 'code'])
  const outcome = await undo({ token, code })
  if (outcome.kind === 'over') redirect(undoOverPath(outcome.because))
  const { errors } = outcome
  return refuseForm(previous, { values: { code }, errors, fields: ['code'], otherwise: 'code' })
}

async function undo(entered: { token: string; code: string }): Promise<Outcome> {
  const { codeNeeded, wrong } = (await readTexts()).undo
  if (entered.code.trim() === '') return { kind: 'failed', errors: { code: codeNeeded } }
  const input = undoInput.safeParse(entered)
  if (!input.success) return { kind: 'failed', errors: { code: wrong } }
  const { isProduction } = getEnvironment()
  const kept = await cookies()
  try {
    await (await openAccountService()).auth.undo.mutate(input.data)
    clearReset(kept, isProduction)
    clearAskedChange(kept, isProduction)
    clearSession(kept, isProduction)
    return { kind: 'over', because: 'undone' }
  } catch (error) {
    const because = findLinkOver(error)
    if (because === 'used') return { kind: 'over', because }
    return {
      kind: 'failed',
      errors: because === 'invalid' ? { code: wrong } : await describeMailFailure(error),
    }
  }
}
