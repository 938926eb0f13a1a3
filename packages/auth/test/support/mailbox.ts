import { type MailContent, type Mailer, notices } from '../../src/mails/index.ts'
import type { Service } from './harness.ts'
import { doMailJobs, mailLifetimes } from './mail-jobs.ts'

export { mailEnv } from './mail-jobs.ts'

/**
 * Does the jobs that wait in the database, as the worker does, and returns the mails that they
 * would hand to an SMTP server.
 */
export async function readMails({ auth }: Service, options: Partial<Mailer> = {}): Promise<MailContent[]> {
  const mails: MailContent[] = []
  const mailer: Mailer = {
    db: auth.db,
    secrets: auth.mailSecrets,
    lifetimes: mailLifetimes,
    language: 'en',
    mailsUnknown: true,
    ...options,
  }
  await doMailJobs(mailer, async (mail) => {
    mails.push(mail)
    return 'taken'
  })
  return mails
}

const isNotice = ({ template }: MailContent) => notices.some((notice) => notice === template)

/** The link and the code of the only mail that waits and has them; notices have others to undo. */
export async function readSecrets(service: Service): Promise<{ link: string; code: string }> {
  const mails = (await readMails(service)).filter((mail) => !isNotice(mail))
  const [secrets, ...others] = mails.flatMap((mail) => mail.secrets ?? [])
  if (secrets === undefined || others.length > 0) throw new Error('not one mail with a link waits')
  return secrets
}
