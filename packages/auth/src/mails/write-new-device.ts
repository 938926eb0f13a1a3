import { z } from 'zod'
import { countRecentMails, insertMailAndJob } from '../db/mails.ts'
import { listEarlierUserAgents, newDeviceTask } from '../db/new-devices.ts'
import { getsNewDeviceMails } from '../db/notice-settings.ts'
import { insertOrMoveUndoToken } from '../db/undo-tokens.ts'
import { findRecipient, findUserForUpdate } from '../db/users.ts'
import { isOtherDevice } from '../sessions/device.ts'
import { defineMailJob, mailCause } from './mail-job.ts'
import type { Mailer } from './mailer.ts'
import { type Notice, noticeLifetimeSeconds } from './write-notice.ts'

/** `mailId` is the id of the session. */
const newDeviceJob = mailCause.extend({ userId: z.int().positive() })

/** Tells a user of a login from a new device. The statement of the login adds the job. */
export const newDeviceMail = defineMailJob(newDeviceTask, newDeviceJob, writeNewDevice)

/**
 * Writes the notice, at most once a day, unless the user turned such mails off, or an earlier
 * session was of the same browser, system and kind of device in the same network. It has an undo:
 * the one who logged in knows the password.
 */
async function writeNewDevice({ db }: Mailer, job: z.infer<typeof newDeviceJob>): Promise<void> {
  const { mailId: id, userId, ip, userAgent, language } = job
  const template: Notice = 'new_device'
  const agents = await listEarlierUserAgents(db, { userId, sessionId: id })
  if (agents.some((agent) => !isOtherDevice(agent, userAgent))) return
  await db.transaction().execute(async (tx) => {
    await findUserForUpdate(tx, userId)
    const recipient = await findRecipient(tx, userId)
    const key = { userId, id }
    if (!(await getsNewDeviceMails(tx, userId))) return
    if (recipient === undefined || (await countRecentMails(tx, key, template)).lastDay > 0) return
    const { email, displayName } = recipient
    const params = { displayName, ip, userAgent }
    const lifetimeSeconds = noticeLifetimeSeconds
    await insertMailAndJob(tx, {
      key,
      template,
      toEmail: email,
      tokenId: id,
      params,
      language,
      lifetimeSeconds,
    })
    await insertOrMoveUndoToken(tx, { userId, id, before: { email }, client: { ip, userAgent } })
  })
}
