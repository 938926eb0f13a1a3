import { mailJobs, type Mailer } from '@pockitflyer/auth/mails'
import { makeWorkerUtils, type RunnerOptions } from 'graphile-worker'
import { sql } from 'kysely'
import { deliveryLimitMs } from '../mails/create-deliver.ts'

/**
 * After how many seconds the worker of a mail's job is dead: a job waits for at most two others and
 * sends for at most 45 seconds.
 */
const deadAfterSeconds = (4 * deliveryLimitMs) / 1000

/** Every task of mails. */
const mailTasks = ['send_mail', ...mailJobs.map(({ task }) => task)]

/** A job whose worker was killed. */
interface DeadJob {
  id: string
  workerId: string
  /** Tries so far, with the one that was cut off. */
  attempts: number
}

/**
 * Gives the jobs of workers that were killed back to the queue: graphile-worker itself does so
 * after four hours, when a link works no more. A try that was cut off does not count: the mail of a
 * job without tries left would wait until its link is too old. Returns how many workers those were.
 */
export async function freeJobs(db: Mailer['db'], options: RunnerOptions): Promise<number> {
  const { rows } = await sql<DeadJob>`
    select id, locked_by as "workerId", attempts from graphile_worker.jobs
    where task_identifier = any(${mailTasks}::text[])
      and locked_at < now() - make_interval(secs => ${deadAfterSeconds})`.execute(db)
  if (rows.length === 0) return 0
  const workerIds = new Set(rows.map(({ workerId }) => workerId))
  const utils = await makeWorkerUtils(options)
  try {
    await utils.forceUnlockWorkers([...workerIds])
    for (const [attempts, jobs] of Map.groupBy(rows, (job) => job.attempts)) {
      const ids = jobs.map(({ id }) => id)
      await utils.rescheduleJobs(ids, { attempts: attempts - 1 })
    }
  } finally {
    await utils.release()
  }
  return workerIds.size
}
