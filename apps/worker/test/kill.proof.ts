import { once } from 'node:events'
import { createServer } from 'node:net'
import { startSmtp } from '@pockitflyer/testing/smtp'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openService, spawnWorker, startTestWorker, workerEnv } from './service.ts'

const service = await openService()

/** Lets the jobs of a worker that was killed look as old as they are minutes later. */
async function passMinutes(): Promise<void> {
  await sql`
    update graphile_worker._private_jobs set locked_at = locked_at - interval '4 minutes', run_at = now()
    where locked_at is not null`.execute(service.db)
}

/** `pnpm test:long` kills 6 times, and measures 300 mails. */
const times = Number(process.env['TEST_TIMES'] ?? 1)
const kills = 2 * times

test('a killed worker loses no mail, and repeats one a kill', async ({ annotate }) => {
  let takenSinceKill = 0
  let killAt = 3
  let kill = () => {}
  const smtp = await startSmtp({
    // Taken and not yet acknowledged: the worst moment.
    onMail() {
      takenSinceKill += 1
      if (takenSinceKill === killAt) setImmediate(() => kill())
    },
  })
  const env = workerEnv(service.url, { SMTP_URL: smtp.url })
  const emails = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const { email } = await service.addUser()
      await service.askReset(email)
      return email
    }),
  )
  for (let round = 0; round < kills; round += 1) {
    killAt = 1 + round
    takenSinceKill = 0
    const worker = spawnWorker(env)
    kill = () => void worker.kill()
    await worker.ended
    await passMinutes()
  }
  killAt = -1
  spawnWorker(env)
  await expect.poll(service.countMails).toEqual({ sent: 40 })
  const ids = smtp.mails.map(({ messageId = '' }) => messageId)
  const recipients = smtp.mails.flatMap(({ recipients }) => recipients)
  expect(new Set(recipients)).toEqual(new Set(emails))
  expect(new Set(ids).size).toBe(40)
  expect(ids.length - 40).toBeLessThanOrEqual(kills)
  await annotate(`${kills} kills, 40 mails, ${ids.length - 40} of them twice`)
})

test('a silent server is left after ten seconds, the mail waits', async () => {
  const silent = createServer((socket) => void socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(() => void silent.close())
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  await startTestWorker(service.url, { SMTP_URL: `smtp://127.0.0.1:${port}?insecure` })
  const { email } = await service.addUser()
  const askedAt = performance.now()
  await service.askReset(email)
  const find = async () => {
    const { rows } = await sql<{ last_error: string | null }>`
      select last_error from outgoing_mails where to_email = ${email} and sent_at is null and given_up_at is null`.execute(
      service.db,
    )
    return rows[0]?.last_error
  }
  await expect.poll(find).toMatch(/Greeting/i)
  expect(performance.now() - askedAt).toBeLessThan(20_000)
})

test('SIGTERM ends the process with 0 when its mail is sent', async () => {
  const { promise: hasBegun, resolve: begin } = Promise.withResolvers<undefined>()
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<undefined>()
  const smtp = await startSmtp({
    async onMail() {
      begin(undefined)
      await mayEnd
    },
  })
  const worker = spawnWorker(workerEnv(service.url, { SMTP_URL: smtp.url }))
  await worker.listens()
  const { email } = await service.addUser()
  await service.askReset(email)
  await hasBegun
  const ended = worker.kill('SIGTERM')
  end(undefined)
  expect(await ended).toBe(0)
  expect(smtp.mails.flatMap(({ recipients }) => recipients)).toContain(email)
})

test('after the database cuts every connection, the mail goes out', async () => {
  const smtp = await startSmtp()
  const { listens } = spawnWorker(workerEnv(service.url, { SMTP_URL: smtp.url }))
  await listens()
  const { email } = await service.addUser()
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`.execute(service.db)
  await expect.poll(() => service.post('password/reset', { email }).then(({ status }) => status)).toBe(200)
  await expect.poll(() => smtp.mails.flatMap(({ recipients }) => recipients)).toContain(email)
})

test('a mail comes within seconds of the click', async ({ annotate }) => {
  const smtp = await startSmtp()
  const users: { email: string }[] = []
  while (users.length < 100 * times) users.push(await service.addUser())
  for (const { email } of users) await service.askReset(email)
  const worker = await startTestWorker(service.url, { SMTP_URL: smtp.url })
  await expect.poll(() => smtp.mails.length).toBeGreaterThanOrEqual(users.length)
  const [first, last] = [smtp.mails[0], smtp.mails.at(-1)]
  const perSecond = (users.length / ((last?.receivedAt ?? 0) - (first?.receivedAt ?? 0))) * 1000
  const waitsMs: number[] = []
  for (let round = 0; round < 7 * times; round += 1) {
    const { email } = await service.addUser()
    const before = smtp.mails.length
    const askedAt = performance.now()
    await service.askReset(email)
    await expect.poll(() => smtp.mails.length, { interval: 5 }).toBe(before + 1)
    waitsMs.push((smtp.mails.at(-1)?.receivedAt ?? 0) - askedAt)
  }
  await worker.stop()
  const median = waitsMs.toSorted((a, b) => a - b)[Math.floor(waitsMs.length / 2)] ?? 0
  await annotate(
    `click to mail ${Math.round(median)} ms (median of ${waitsMs.length}); ${Math.round(perSecond)} mails a second; ${first?.bytes} bytes each`,
  )
  expect(median).toBeLessThan(5000)
})
