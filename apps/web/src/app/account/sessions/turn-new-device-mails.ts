'use server'

import { redirect } from 'next/navigation'
import { readEntries } from '../../../forms/entries.ts'
import { authenticatedAction, type Outcome } from '../../../session/authenticated-action.ts'
import { otherUserPath } from '../../../session/paths.ts'
import { accountPages } from '../pages.ts'
import type { SessionsNotice } from './notices.ts'

const { path } = accountPages.sessions

/** The form's action: turns mails of new devices on or off. */
export async function turnNewDeviceMails(form: FormData): Promise<never> {
  const isOn = readEntries(form, ['to']).to === 'on'
  const outcome = await authenticatedAction({ path, form }, ({ auth }) =>
    auth.updateNotices.mutate({ new_device: isOn }),
  )
  if (outcome.kind === 'other_user') redirect(otherUserPath)
  redirect(`${path}?notice=${findNotice(outcome, isOn)}`)
}

function findNotice(outcome: Exclude<Outcome, { kind: 'other_user' }>, isOn: boolean): SessionsNotice {
  if (outcome.kind === 'done') return isOn ? 'mails-on' : 'mails-off'
  return outcome.answer?.code === 'read_only' ? 'read-only' : 'failed'
}
