import { Logger, runOnce } from 'graphile-worker'
import { z } from 'zod'
import {
  type Deliver,
  getPool,
  type MailKey,
  type Mailer,
  mailJobs,
  mailerSettingFields,
  sendMail,
  toMailLifetimes,
} from '../../src/mails/index.ts'

/** Settings under which the service mails. */
export const mailEnv = { SMTP_URL: 'smtp://mail.test', MAIL_KEY: 'a key of mailed links, for tests only' }

/** How long links work unless a setting says otherwise. */
export const mailLifetimes = toMailLifetimes(z.object(mailerSettingFields).parse({}))

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
      ...Object.fromEntries(
        mailJobs.map(({ task, run }) => [task, async (payload: unknown) => run(mailer, payload)]),
      ),
      send_mail: async (payload) => {
        await sendMail(mailer, z.custom<MailKey>().parse(payload), deliver)
      },
    },
  })
}
