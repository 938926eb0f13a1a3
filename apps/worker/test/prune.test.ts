import { addTestMail } from '@pockitflyer/auth/admin'
import { parseCrontab } from 'graphile-worker'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createPruneTasks, crontab } from '../src/jobs/tasks.ts'
import { caller, openService, password, startTestWorker } from './service.ts'

const service = await openService()
const after = { sessions: 30, events: 365, tokens: 30, mails: 90 }

test('cron adds each job of pruning', () => {
  const names = parseCrontab(crontab).map(({ task }) => task)
  expect(names.toSorted()).toEqual(Object.keys(createPruneTasks(service.db, after)).toSorted())
})

/** Makes everything that is stored so many days older, by expressions that Citus takes. */
async function age(days: number): Promise<void> {
  const { db } = service
  const earlier = (...columns: string[]) => {
    const by = sql`make_interval(days => ${days})`
    const times = columns.map(
      (name) => sql`${sql.ref(name)} = (${sql.ref(name)} at time zone 'UTC' - ${by}) at time zone 'UTC'`,
    )
    return sql.join(times)
  }
  await sql`update sessions set ${earlier('created_at', 'expires_at', 'ends_at')}`.execute(db)
  await sql`update auth_events set ${earlier('at')}`.execute(db)
  await sql`update one_time_tokens set ${earlier('expires_at')}`.execute(db)
  for (const table of ['outgoing_mails', 'mailbox_mails'])
    await sql`update ${sql.table(table)} set ${earlier('created_at', 'ends_at')}`.execute(db)
  await sql`update rate_limits set expire = expire - ${days} * 86400000::bigint`.execute(db)
}

async function countRows() {
  const { rows } = await sql<Record<string, number>>`
    select (select count(*)::int from sessions) as sessions, (select count(*)::int from auth_events) as events,
      (select count(*)::int from one_time_tokens) as tokens, (select count(*)::int from mailbox_mails) as mails,
      (select count(*)::int from rate_limits) as limits`.execute(service.db)
  return rows[0]
}

test('a worker without SMTP_URL prunes, and leaves jobs of mails', async () => {
  const { db, admin } = service
  const { email, id } = await service.addUser()
  expect(await service.logIn(email, password)).toBe(200)
  await sql`
    insert into one_time_tokens (user_id, id, purpose, email, expires_at, code_expires_at)
    values (${id}, gen_random_uuid(), 'reset_password', ${email}, now(), now())`.execute(db)
  await sql`insert into rate_limits (key, points, expire) values ('a', 1, extract(epoch from now()) * 1000 + 1000)`.execute(
    db,
  )
  await addTestMail(admin, caller, { email })
  const { events = 0 } = (await countRows()) ?? {}
  await startTestWorker(service.url, { SMTP_URL: '' })

  async function prune() {
    const tasks = Object.keys(createPruneTasks(db, after))
    for (const task of tasks) await sql`select graphile_worker.add_job(${task}::text)`.execute(db)
    const left = sql<{ task: string }>`select task_identifier as task from graphile_worker.jobs order by 1`
    await expect.poll(async () => (await left.execute(db)).rows).toEqual([{ task: 'send_mail' }])
    return countRows()
  }
  expect(await prune()).toEqual({ sessions: 1, events, tokens: 1, mails: 1, limits: 1 })
  await age(60)
  expect(await prune()).toEqual({ sessions: 0, events, tokens: 0, mails: 1, limits: 0 })
  const { rows } = await sql`select last_error from mailbox_mails where given_up_at is not null`.execute(db)
  expect(rows).toEqual([{ last_error: 'its time was over' }])
  await age(60)
  expect(await prune()).toMatchObject({ events, mails: 0 })
  await age(300)
  expect(await prune()).toMatchObject({ events: 0 })
})

test('the worker makes a month of events that is missing', async () => {
  const { db } = service
  const last = sql<{ name: string }>`
    select max(inhrelid::regclass::text) as name from pg_inherits
    where inhparent = 'auth_events'::regclass and inhrelid::regclass::text ~ 'events_\\d'`
  const [month] = (await last.execute(db)).rows
  await sql`drop table ${sql.table(month?.name ?? '')}`.execute(db)
  expect((await last.execute(db)).rows).not.toEqual([month])
  await startTestWorker(service.url, { SMTP_URL: '' })
  await sql`select graphile_worker.add_job('add_event_months')`.execute(db)
  await expect.poll(async () => (await last.execute(db)).rows).toEqual([month])
})
