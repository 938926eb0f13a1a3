import { Logger, runOnce } from 'graphile-worker'
import { z } from 'zod'
import {
  type Deliver,
  getPool,
  type MailKey,
  type Mailer,
  type NoticeJob,
  type PasswordResetJob,
  sendMail,
  writeNotice,
  writePasswordReset,
} from '../../src/mails/index.ts'

/** Settings under which the service mails. */
export const mailEnv = { SMTP_URL: 'smtp://mail.test', MAIL_KEY: 'a key of mailed links, for tests only' }

const silent = new Logger(() => () => {})

/**
 * Does the jobs that wait in the database, as the worker does; `deliver` stands for the SMTP
 * server.
 */
export async function doMailJobs(mailer: Mailer, deliver: Deliver): Promise<void> {
  await runOnce({
    pgPool: getPool(mailer.db),
    logger: silent,
    noHandleSignals: true,
    taskList: {
      mail_password_reset: async (payload) =>
        writePasswordReset(mailer, z.custom<PasswordResetJob>().parse(payload)),
      mail_notice: async (payload) => writeNotice(mailer, z.custom<NoticeJob>().parse(payload)),
      send_mail: async (payload) => {
        await sendMail(mailer, z.custom<MailKey>().parse(payload), deliver)
      },
    },
  })
}
