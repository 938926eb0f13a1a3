import { type ReceivedMail, reply, startSmtp } from '@pockitflyer/testing/smtp'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openService, startTestWorker } from './service.ts'

const service = await openService()

/** Matches a text with this in it. */
const containing = (text: string): unknown => expect.stringContaining(text)

/** Asks for a reset of a new user, and returns their email. */
async function askForSomebody(): Promise<string> {
  const { email } = await service.addUser()
  await service.askReset(email)
  return email
}

/** The mail of the outbox to an email. */
async function findMail(email: string) {
  const { rows } = await sql<{ state: string; attempts: number; error: string | null }>`
    select case when sent_at is not null then 'sent' when given_up_at is not null then 'given up' else 'waiting' end as state,
      attempts, last_error as error from outgoing_mails where to_email = ${email}`.execute(service.db)
  return rows[0]
}

const findJobs = async () =>
  (
    await sql`select * from graphile_worker.jobs where task_identifier in ('send_mail', 'mail_password_reset')`.execute(
      service.db,
    )
  ).rows.length

test('with the SMTP server down no mail is lost', async () => {
  const gone = await startSmtp()
  await gone.close()
  await startTestWorker(service.url, { SMTP_URL: gone.url })
  const email = await askForSomebody()
  await expect
    .poll(() => findMail(email))
    .toMatchObject({ state: 'waiting', error: containing('ECONNREFUSED') })
  const back = await startSmtp({ port: gone.port })
  await service.skipPauses()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'sent', attempts: 2, error: null })
  expect(back.mails).toHaveLength(1)
})

test('a try that a killed worker cut off does not count', async () => {
  const smtp = await startSmtp()
  const email = await askForSomebody()
  await sql`
    update graphile_worker._private_jobs
    set locked_by = 'killed', locked_at = now() - interval '4 minutes', attempts = max_attempts`.execute(
    service.db,
  )
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'sent' })
})

test.each(['recipient', 'mail'] as const)(
  'a server that puts the %s off gets the same mail again',
  async (what) => {
    const tries: ReceivedMail[] = []
    let isOver = false
    const refuse = () => (isOver ? undefined : reply(451, 'greylisted'))
    const smtp = await startSmtp({
      onRcptTo: (_address, _session, callback) => callback(what === 'recipient' ? refuse() : undefined),
      onMail(mail) {
        tries.push(mail)
        const error = refuse()
        if (error !== undefined) throw error
      },
    })
    await startTestWorker(service.url, { SMTP_URL: smtp.url })
    const email = await askForSomebody()
    await expect.poll(() => findMail(email)).toMatchObject({ state: 'waiting', error: containing('451') })
    isOver = true
    await service.skipPauses()
    await expect.poll(() => findMail(email)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(new Set(tries.map(({ messageId }) => messageId)).size).toBe(1)
    expect(new Set(tries.map(({ text }) => text)).size).toBe(1)
    expect(smtp.mails).toHaveLength(1)
  },
)

test.each(['recipient', 'mail'] as const)('a %s refused for good is given up, and recorded', async (what) => {
  let asked = 0
  const smtp = await startSmtp({
    onRcptTo(_address, _session, callback) {
      asked += 1
      callback(what === 'recipient' ? reply(550, 'no such user') : undefined)
    },
    onMail() {
      throw reply(554, 'spam')
    },
  })
  await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const email = await askForSomebody()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'given up', attempts: 1 })
  await expect.poll(findJobs).toBe(0)
  expect(asked).toBe(1)
  const { rows } = await sql`
      select detail from auth_events e join users u on u.id = e.user_id
      where kind = 'mail_refused' and u.email = ${email}`.execute(service.db)
  expect(rows).toEqual([{ detail: { template: 'password_reset' } }])
})

test('without the login or TLS that is needed the mail waits', async () => {
  const smtp = await startSmtp({
    onRcptTo: (_address, _session, callback) => callback(reply(530, 'log in first')),
  })
  const worker = await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const email = await askForSomebody()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'waiting', error: containing('530') })
  await worker.stop()
  const strict = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: strict.url.replace('?insecure', '') })
  await service.skipPauses()
  await expect
    .poll(() => findMail(email))
    .toMatchObject({ state: 'waiting', attempts: 2, error: containing('certificate') })
  expect(strict.mails).toEqual([])
  await sql`update outgoing_mails set ends_at = now() where to_email = ${email}`.execute(service.db)
  await service.skipPauses()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'given up' })
})

test('a mail whose link works no more is given up', async () => {
  const gone = await startSmtp()
  await gone.close()
  await startTestWorker(service.url, { SMTP_URL: gone.url })
  const email = await askForSomebody()
  await expect
    .poll(() => findMail(email))
    .toMatchObject({ state: 'waiting', error: containing('ECONNREFUSED') })
  await sql`update one_time_tokens set consumed_at = now()`.execute(service.db)
  const smtp = await startSmtp({ port: gone.port })
  await service.skipPauses()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'given up' })
  expect(smtp.mails).toEqual([])
})

test('two workers share the mails, and each mail is sent once', async () => {
  const smtp = await startSmtp()
  const emails = await Promise.all(Array.from({ length: 40 }, askForSomebody))
  for (const prepare of ['true', 'false'])
    await startTestWorker(service.url, { SMTP_URL: smtp.url, DATABASE_PREPARE: prepare })
  await expect.poll(() => smtp.mails.length).toBeGreaterThanOrEqual(40)
  await expect.poll(findJobs).toBe(0)
  expect(smtp.mails.flatMap(({ recipients }) => recipients).toSorted()).toEqual(emails.toSorted())
  expect(new Set(smtp.mails.map(({ session }) => session)).size).toBe(2)
})

test('without prepared statements, as behind PgBouncer, mails arrive', async () => {
  const smtp = await startSmtp()
  await startTestWorker(service.url, { SMTP_URL: smtp.url, DATABASE_PREPARE: 'false' })
  const email = await askForSomebody()
  await expect.poll(() => findMail(email)).toMatchObject({ state: 'sent' })
})

test('a stop finishes the mail in hand, and is not ready', async () => {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<undefined>()
  const smtp = await startSmtp({
    async onMail() {
      begin(undefined)
      await mayEnd
    },
  })
  const worker = await startTestWorker(service.url, { SMTP_URL: smtp.url })
  const ask = async (path: string) => (await fetch(worker.url + path)).status
  await expect.poll(() => ask('/readyz')).toBe(200)
  const email = await askForSomebody()
  await hasBegun
  const stopped = worker.stop()
  await expect.poll(() => ask('/readyz')).toBe(503)
  expect(await ask('/healthz')).toBe(200)
  end(undefined)
  await stopped
  expect(await findMail(email)).toMatchObject({ state: 'sent', attempts: 1 })
  expect(await findJobs()).toBe(0)
})
