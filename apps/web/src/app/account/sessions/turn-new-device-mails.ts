'use server'

import { redirect } from 'next/navigation'
import { readEntries } from '../../../forms/entries.ts'
import { authenticatedAction } from '../../../session/authenticated-action.ts'
import { accountPages } from '../pages.ts'
import type { SessionsNotice } from './notices.ts'

const { path } = accountPages.sessions

/** The form's action: turns mails of new devices on or off. */
export async function turnNewDeviceMails(form: FormData): Promise<never> {
  const isOn = readEntries(form, ['to']).to === 'on'
  const { kind } = await authenticatedAction(path, ({ auth }) =>
    auth.updateNotices.mutate({ new_device: isOn }),
  )
  const notice: SessionsNotice = kind === 'done' ? (isOn ? 'mails-on' : 'mails-off') : 'failed'
  redirect(`${path}?notice=${notice}`)
}
