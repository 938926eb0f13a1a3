import type { NoticeSettings } from '@pockitflyer/auth-protocol/schemas'
import type { Auth } from '../auth.ts'
import type { AuthenticatedCaller } from '../caller.ts'
import { insertEvent } from '../db/auth-events.ts'
import { getsNewDeviceMails, updateNewDeviceMails } from '../db/notice-settings.ts'
import { inUserTransaction } from '../db/user-transaction.ts'
import { notify } from '../mails/notify.ts'
import { admitWrite } from '../sessions/admit-write.ts'
import { lockUserAndSession } from '../sessions/assert-session-active.ts'
import { me } from '../sessions/me.ts'
import { ownerOf } from './current-password.ts'

/**
 * Returns which notices the caller gets.
 * @throws {AuthError} user_not_found, user_inactive, session_ended
 */
export async function getNoticeSettings(auth: Auth, caller: AuthenticatedCaller): Promise<NoticeSettings> {
  const { id } = await me(auth, caller)
  return { new_device: await getsNewDeviceMails(auth.db, id) }
}

/**
 * Changes which notices the caller gets: of new devices alone, since a script that logs in often
 * would fill a mailbox. A mail tells that they are off, also if a thief of a session did it.
 * @throws {AuthError} throttled; user_not_found, user_inactive, session_ended
 */
export async function updateNoticeSettings(
  auth: Auth,
  { claims, client }: AuthenticatedCaller,
  settings: NoticeSettings,
): Promise<NoticeSettings> {
  const { user_id: userId } = claims
  const { new_device: isOn } = settings
  await admitWrite(auth, claims)
  await inUserTransaction(auth.db, userId, async (tx) => {
    await lockUserAndSession(tx, claims)
    if (!(await updateNewDeviceMails(tx, { userId, isOn }))) return
    await insertEvent(tx, { kind: 'notices_changed', client, detail: settings, ...ownerOf(claims) })
    if (!isOn) await notify(tx, auth.settings, { userId, notice: 'new_device_mails_off', client })
  })
  return settings
}
