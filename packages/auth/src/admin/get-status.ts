import type { Caller } from '../caller.ts'
import { type AccountCounts, countAccounts } from '../db/account-counts.ts'
import { getLeadership, type Leadership } from '../db/leadership.ts'
import { findWaitingMails, type WaitingMails } from '../db/mail-lists.ts'
import { listRegularJobs, type RegularJob } from '../db/jobs.ts'
import type { Admin } from './admin.ts'

/** How the service does. */
export interface ServiceStatus {
  counts: AccountCounts
  mails: WaitingMails
  /** What the worker does regularly, and when it did so last. */
  jobs: RegularJob[]
  leadership: Leadership
}

/**
 * Returns how the service does: how much there is, which mails wait, when the worker pruned last,
 * and who leads. Reads every user and every live session.
 * @example
 * const { counts, mails } = await getStatus(admin, operator)
 */
export async function getStatus({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<ServiceStatus> {
  return {
    counts: await countAccounts(db),
    mails: await findWaitingMails(db),
    jobs: await listRegularJobs(db),
    leadership: await getLeadership(db),
  }
}
