import {
  addEventMonths,
  pruneEvents,
  pruneMails,
  pruneRateLimits,
  pruneRegistrations,
  pruneSessions,
  pruneTokens,
} from '@pockitflyer/auth/admin'
import {
  type Deliver,
  MailRefusedError,
  type Mailer,
  mailJobs,
  type MailKey,
  sendMail,
} from '@pockitflyer/auth/mails'
import pLimit from 'p-limit'
import { z } from 'zod'
import type { CountMail } from '../mails/mail-metrics.ts'
import type { WorkerSettings } from '../settings/settings.ts'

/** What does a job. Its payload is what the queue holds. */
type Task = (payload: unknown) => Promise<void>

/** Tasks by name. */
export type Tasks = Record<string, Task>

const id = z.uuid()
const mailKey: z.ZodType<MailKey> = z.union([
  z.object({ id, userId: z.int().positive() }),
  z.object({ id, email: z.string() }),
])

interface MailTasksOptions {
  deliver: Deliver
  /** Mails sent at once: of a worker that is killed, at most so many are sent twice. */
  connections: number
  count: CountMail
}

/** The tasks that write and send mails, one for each kind of job that the service adds. */
export function createMailTasks(mailer: Mailer, { deliver, connections, count }: MailTasksOptions): Tasks {
  const inTurn = pLimit(connections)
  const deliverAndCount: Deliver = async (mail) => {
    try {
      return await deliver(mail)
    } catch (error) {
      if (!(error instanceof MailRefusedError)) count(mail.template, 'failed')
      throw error
    }
  }
  return {
    ...Object.fromEntries(
      mailJobs.map(({ task, run }) => [task, async (payload: unknown) => run(mailer, payload)]),
    ),
    async send_mail(payload) {
      const key = mailKey.parse(payload)
      const { outcome, template = 'none' } = await inTurn(() => sendMail(mailer, key, deliverAndCount))
      count(template, outcome)
    },
  }
}

/** Who prunes, for the use cases of operators. */
const caller = { client: { ip: null, userAgent: 'auth-worker' } }

/** The tasks that cron adds. */
export function createPruneTasks(db: Mailer['db'], after: WorkerSettings['pruneAfterDays']): Tasks {
  const prune = (days: number, run: typeof pruneTokens): Task => {
    return async () => void (await run({ db }, caller, { olderThanDays: days }))
  }
  return {
    add_event_months: async () => addEventMonths({ db }, caller),
    prune_sessions: prune(after.sessions, pruneSessions),
    prune_events: prune(after.events, pruneEvents),
    prune_tokens: prune(after.tokens, pruneTokens),
    prune_mails: prune(after.mails, pruneMails),
    prune_registrations: async () => void (await pruneRegistrations({ db }, caller)),
    prune_rate_limits: async () => void (await pruneRateLimits({ db }, caller)),
  }
}

/**
 * When cron adds the jobs, in UTC. They run one after the other, on one worker. A day that no
 * worker ran on is made up for.
 */
export const crontab = `
  2 3 * * * add_event_months ?queue=prune&max=3&fill=1d
  7 3 * * * prune_sessions ?queue=prune&max=3&fill=1d
  17 3 * * * prune_events ?queue=prune&max=3&fill=1d
  27 3 * * * prune_tokens ?queue=prune&max=3&fill=1d
  37 * * * * prune_mails ?queue=prune&max=3
  42 * * * * prune_registrations ?queue=prune&max=3
  47 * * * * prune_rate_limits ?queue=prune&max=3
`
  .trim()
  .replaceAll(/^ +/gm, '')
