import { checkReadiness, connect } from '@pockitflyer/auth'
import { createMailer, type Mailer } from '@pockitflyer/auth/mails'
import type { RunningServer } from '@pockitflyer/server'
import { serveHealth } from '@pockitflyer/server/health'
import type { Logger } from '@pockitflyer/server/log'
import { startWatch } from '@pockitflyer/server/watch'
import { type Jobs, runJobs } from './jobs/run-jobs.ts'
import { createMailTasks, createPruneTasks, crontab, type Tasks } from './jobs/tasks.ts'
import { createDelivery } from './mails/create-deliver.ts'
import { type CountMail, createMailMetrics } from './mails/mail-metrics.ts'
import type { WorkerSettings } from './settings/settings.ts'

/**
 * Starts the worker: it does jobs and answers probes. The database may come later. Without an SMTP
 * server it prunes and leaves the jobs of mails to others.
 * @throws when a port is taken (`EADDRINUSE`) or not allowed
 */
export async function startWorker(settings: WorkerSettings, log: Logger): Promise<RunningServer> {
  const { database, mail, host, port } = settings
  const watch = await startWatch({ ...settings, prefix: 'auth_worker', log })
  const db = connect({
    ...database,
    onIdleError: (error) => log.warn({ err: error }, 'an idle database connection broke'),
    onPool: (pool) => watch.watchPool(pool),
    onStatement: (statement) => watch.onStatement(statement),
  })
  const count: CountMail = watch.registry ? await createMailMetrics(watch.registry, db) : () => {}
  if (mail === undefined) log.warn('SMTP_URL is missing: this worker sends no mail, and only prunes')
  const mails = mail && createMails(db, { mail, count })
  const tasks = { ...mails?.tasks, ...createPruneTasks(db, settings.pruneAfterDays) }
  const running: { jobs?: Jobs } = {}
  const health = await serveHealth({
    host,
    port,
    portSetting: 'WORKER_PORT',
    findPendingMigrations: async () => (await checkReadiness({ db })).pendingMigrations,
    migrate: 'pnpm auth migrate',
    finish: async () => running.jobs?.stop(),
    async release() {
      mails?.close()
      await Promise.all([db.destroy(), watch.stop()])
    },
  })
  running.jobs = runJobs(db, {
    tasks: mapTasks(tasks, (name, task) => (payload) => watch.watchJob({ name }, () => task(payload))),
    crontab,
    concurrency: (mail?.connections ?? 0) + otherJobs,
    prepares: database.prepares,
    log,
  })
  return { ...health, metricsUrl: watch.metricsUrl }
}

/** Jobs done at once beside those that send: one that prunes, and one that writes mails. */
const otherJobs = 2

type Mail = NonNullable<WorkerSettings['mail']>

function createMails(db: Mailer['db'], { mail, count }: { mail: Mail; count: CountMail }) {
  const { connections } = mail
  const { deliver, close } = createDelivery(mail)
  return { close, tasks: createMailTasks(createMailer(db, mail.mailer), { deliver, connections, count }) }
}

function mapTasks(tasks: Tasks, map: (name: string, task: Tasks[string]) => Tasks[string]): Tasks {
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, map(name, task)]))
}
