import { Logger, runOnce } from 'graphile-worker'
import { z } from 'zod'
import type { MailKey, NoticeJob, PasswordResetJob } from '../../src/db/jobs.ts'
import { getPool } from '../../src/db/postgres/pool-of.ts'
import {
  type MailContent,
  type Mailer,
  sendMail,
  writeNotice,
  writePasswordReset,
} from '../../src/mails/index.ts'
import type { Service } from './harness.ts'

/** Settings under which the service mails. */
export const mailEnv = { SMTP_URL: 'smtp://mail.test', MAIL_KEY: 'a key of mailed links, for tests only' }

const silent = new Logger(() => () => {})

/**
 * Does the jobs that wait in the database, as the worker does, and returns the mails that they
 * would hand to an SMTP server.
 */
export async function readMails({ auth }: Service, options: Partial<Mailer> = {}): Promise<MailContent[]> {
  const mails: MailContent[] = []
  const mailer: Mailer = {
    db: auth.db,
    secrets: auth.mailSecrets,
    passwordResetLifetimeSeconds: 3600,
    mailsUnknown: true,
    ...options,
  }
  await runOnce({
    pgPool: getPool(auth.db),
    logger: silent,
    noHandleSignals: true,
    taskList: {
      mail_password_reset: async (payload) =>
        writePasswordReset(mailer, z.custom<PasswordResetJob>().parse(payload)),
      mail_notice: async (payload) => writeNotice(mailer, z.custom<NoticeJob>().parse(payload)),
      send_mail: async (payload) => {
        await sendMail(mailer, z.custom<MailKey>().parse(payload), async (mail) => {
          mails.push(mail)
          return 'taken'
        })
      },
    },
  })
  return mails
}

/** The link and the code of the only mail that waits and has them. */
export async function readSecrets(service: Service): Promise<{ link: string; code: string }> {
  const [secrets, ...others] = (await readMails(service)).flatMap((mail) => mail.secrets ?? [])
  if (secrets === undefined || others.length > 0) throw new Error('not one mail with a link waits')
  return secrets
}
