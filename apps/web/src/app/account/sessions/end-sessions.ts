'use server'

import { redirect } from 'next/navigation'
import { readEntries } from '../../../forms/entries.ts'
import { authenticatedAction, type Outcome } from '../../../session/authenticated-action.ts'
import { otherUserPath } from '../../../session/paths.ts'
import { accountPages } from '../pages.ts'
import type { SessionsNotice } from './notices.ts'

const { path } = accountPages.sessions

/**
 * The action of "Log out" beside a device. A session that is over already counts as success.
 */
export async function endSession(form: FormData): Promise<never> {
  const { id = '' } = readEntries(form, ['id'])
  const outcome = await authenticatedAction({ path, form }, (service) =>
    service.auth.endSession.mutate({ id }),
  )
  const isOver = outcome.kind === 'failed' && outcome.answer?.code === 'not_found'
  return tell(isOver ? { kind: 'done' } : outcome, 'ended')
}

/** The action of "Log out everywhere else". */
export async function endOtherSessions(form: FormData): Promise<never> {
  return tell(
    await authenticatedAction({ path, form }, (service) => service.auth.endOtherSessions.mutate()),
    'others-ended',
  )
}

function tell({ kind }: Outcome, success: SessionsNotice): never {
  if (kind === 'other_user') redirect(otherUserPath)
  const notice: SessionsNotice = kind === 'done' ? success : 'failed'
  redirect(`${path}?notice=${notice}`)
}
