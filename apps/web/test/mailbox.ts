import { expect } from '@playwright/test'
import { createMailer, getPool, type MailContent } from '@pockitflyer/auth/mails'
import { doMailJobs, mailEnv, mailLifetimes } from '@pockitflyer/testing'
import type { Accounts } from './accounts.ts'

type Db = Accounts['db']

/** Makes the table in which the tests of every process find their mails. */
export async function prepareMailbox(db: Db): Promise<void> {
  await getPool(db).query('create table test_mails (number serial, to_email text, mail jsonb)')
}

/**
 * Does the worker's jobs, those of other tests too, until a mail to this email has come that was
 * not read before. Returns the last one. An older mail does not count: another test may have taken
 * the job of the mail that is awaited, and still be delivering it.
 */
export async function readMail(db: Db, email: string): Promise<MailContent> {
  const pool = getPool(db)
  const mailer = createMailer(db, {
    key: mailEnv.MAIL_KEY,
    oldKey: undefined,
    lifetimes: mailLifetimes,
    mailsUnknown: true,
    language: 'en',
  })
  const deliver = async (mail: MailContent) => {
    await pool.query('insert into test_mails (to_email, mail) values ($1, $2)', [mail.toEmail, mail])
    return 'taken'
  }
  const mails: MailContent[] = []
  await expect(async () => {
    await doMailJobs(mailer, deliver)
    const text =
      'with read as (delete from test_mails where to_email = $1 returning number, mail) select mail from read order by number'
    const { rows } = await pool.query<{ mail: MailContent }>(text, [email])
    mails.push(...rows.map(({ mail }) => mail))
    expect(mails).not.toEqual([])
  }).toPass()
  const mail = mails.at(-1)
  if (mail === undefined) throw new Error('No mail has come.')
  return mail
}

/** The link's path, on the page that it opens, and the code of the last mail to an email. */
export async function readMailSecrets(
  db: Db,
  email: string,
  page = '/reset-password',
): Promise<{ path: string; code: string }> {
  const { secrets } = await readMail(db, email)
  if (secrets === undefined) throw new Error('The mail has no link.')
  return { path: `${page}?t=${secrets.link}`, code: secrets.code }
}
