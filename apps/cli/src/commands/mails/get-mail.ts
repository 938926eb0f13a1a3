import { type Admin, findMail, type MailForOperator } from '@pockitflyer/auth/admin'
import { z } from 'zod'
import { operator } from '../../cli.ts'
import { Failure, UsageError } from '../../failure.ts'

/**
 * Returns a mail of the outbox.
 * @throws {UsageError} for what is no id
 * @throws {Failure} where there is no such mail
 */
export async function getMail(admin: Admin, id: string): Promise<MailForOperator> {
  if (!z.guid().safeParse(id).success)
    throw new UsageError('<id> is that of a mail, as `auth mails list` shows it. Add --help to see more.')
  const mail = await findMail(admin, operator, { id })
  if (mail === undefined) throw new Failure(`There is no mail ${id}. Settled ones are deleted in time.`)
  return mail
}
