import { join } from 'node:path'
import { startPostgres } from '@pockitflyer/postgres'
import { spawnProgram } from '@pockitflyer/server/testing'
import { mailEnv } from '@pockitflyer/testing'
import { type ReceivedMail, reply, startSmtp, type TestSmtp } from '@pockitflyer/testing/smtp'
import { expect, onTestFinished, test } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import type { Account } from '../src/clients.ts'
import { askResets, emptyOutbox, passMinutes } from '../src/mails.ts'
import { count, isLong, openDatabase, putLoad, record, scratchFolder, startApi } from './harness.ts'

const asked = count({ short: 8, long: 100 })
const measured = count({ short: 100, long: 3000 })
const kills = 20

const workerMain = join(import.meta.dirname, '../../../../apps/worker/src/main.ts')

/** A worker as a process. It is gone when the test is. */
async function startWorker(databaseUrl: string, smtpUrl: string) {
  const worker = spawnProgram(workerMain, {
    DATABASE_URL: databaseUrl,
    ...mailEnv,
    SMTP_URL: smtpUrl,
    MAIL_FROM: 'Pockitflyer <accounts@pockitflyer.example>',
    PUBLIC_URL: 'https://accounts.pockitflyer.example',
    WORKER_PORT: '0',
  })
  onTestFinished(async () => void (await worker.kill()))
  await worker.listens()
  return worker
}

/** What an SMTP server does with a mail while it is broken. */
interface Fault {
  /** How the server greets: at once, or when this is over. */
  greets?: Promise<unknown>
  refuseRecipient?: (email: string) => Error | undefined
  refuseMail?: (mail: ReceivedMail) => Error | undefined
  /** Whether the server refuses for good: the mails are given up, and not tried again. */
  isFinal?: boolean
}

/** An SMTP server that can be broken, and works again once `fault` is empty. */
async function startBreakableSmtp() {
  const broken: { fault: Fault } = { fault: {} }
  const smtp = await startSmtp({
    async onConnect(_session, callback) {
      await broken.fault.greets
      callback()
    },
    onRcptTo: ({ address }, _session, callback) => callback(broken.fault.refuseRecipient?.(address)),
    onMail(mail) {
      const error = broken.fault.refuseMail?.(mail)
      if (error !== undefined) throw error
    },
  })
  return { broken, smtp }
}

const putOff = reply(451, 'try again later')
const noSuchUser = reply(550, 'no such user')

/** Runs something at every nth call. */
function every<Result>(nth: number, run: () => Result): () => Result | undefined {
  let calls = 0
  return () => {
    calls += 1
    return calls % nth === 0 ? run() : undefined
  }
}

/** Puts each recipient off at the first try. */
function greylist(): (email: string) => Error | undefined {
  const seen = new Set<string>()
  return (email) => {
    if (seen.has(email)) return undefined
    seen.add(email)
    return putOff
  }
}

const faults: [string, (smtp: TestSmtp, isOver: Promise<unknown>) => Fault][] = [
  ['takes connections and says nothing', (_, isOver) => ({ greets: isOver })],
  ['puts each recipient off once (greylisting)', () => ({ refuseRecipient: greylist() })],
  ['refuses one mail in three (451)', () => ({ refuseMail: every(3, () => putOff) })],
  ['knows no recipient (550)', () => ({ refuseRecipient: () => noSuchUser, isFinal: true })],
  [
    'cuts the connection in the middle of every other mail',
    (smtp) => ({
      refuseMail: every(2, () => {
        smtp.cut()
        return putOff
      }),
    }),
  ],
]

/** An API under load and a worker, with people who asked for a mail while all was well. */
async function open(smtp: TestSmtp, database?: { url: string; accounts: Account[] }) {
  const { url, accounts } = database ?? (await openDatabase())
  const people = await addAccounts(url, 2 * asked)
  const [before, meanwhile] = [people.slice(0, asked), people.slice(asked)]
  const api = await startApi(url, mailEnv)
  const worker = await startWorker(url, smtp.url)
  const load = putLoad(() => api.url, accounts)
  await load.recovered()
  load.p99Ms()
  await Promise.all([askResets(api.url, before), load.served(measured)])
  await expect.poll(() => smtp.mails.length).toBe(asked)
  const p99Before = load.p99Ms()

  return {
    url,
    worker,
    load,
    /** Lets the other people ask, and resolves when the load was measured meanwhile. */
    async ask() {
      await Promise.all([askResets(api.url, meanwhile), load.served(measured)])
      return { p99Ms: [p99Before, load.p99Ms()] }
    },
    settle: () => emptyOutbox(url, people.length),
    /** Each person asked once, and must get one mail, or be given up. */
    async count(...smtps: TestSmtp[]) {
      const refused = await emptyOutbox(url, people.length)
      const mails = smtps.flatMap((smtp) => smtp.mails)
      const recipients = new Set(mails.flatMap((mail) => mail.recipients))
      const twice = mails.length - new Set(mails.map(({ messageId }) => messageId)).size
      const lost = people.length - refused - recipients.size
      return { ...(await load.stop()), mails: { asked: people.length, refused, lost, twice } }
    },
  }
}

/** In the short form the first one: the worker's own tests meet each of them. */
test.each(faults.slice(0, count({ short: 1, long: faults.length })))(
  'an SMTP server that %s loses no mail',
  async (name, fault) => {
    const { broken, smtp } = await startBreakableSmtp()
    const service = await open(smtp)
    const { promise: isOver, resolve: end } = Promise.withResolvers<undefined>()
    broken.fault = fault(smtp, isOver)
    const times = await service.ask()
    if (broken.fault.isFinal === true) await service.settle()
    broken.fault = {}
    end(undefined)
    await record(`An SMTP server that ${name}`, { ...(await service.count(smtp)), ...times })
  },
)

/** The worker's own tests hold these two in the gate, without the load. */
test.runIf(isLong)('an SMTP server that is down loses no mail', async () => {
  const smtp = await startSmtp()
  const service = await open(smtp)
  await smtp.close()
  const times = await service.ask()
  const back = await startSmtp({ port: smtp.port })
  await record('An SMTP server that is down', { ...(await service.count(smtp, back)), ...times })
})

test.runIf(isLong)('a killed worker loses no mail, and repeats one a kill', async () => {
  const { broken, smtp } = await startBreakableSmtp()
  const service = await open(smtp)
  let { worker } = service
  broken.fault = {
    refuseMail() {
      void worker.kill() // The mail is taken, and not yet acknowledged.
      return undefined
    },
  }
  const asking = service.ask()
  for (let kill = 0; kill < kills; kill += 1) {
    await worker.ended
    if (kill === kills - 1) broken.fault = {}
    await passMinutes(service.url)
    worker = await startWorker(service.url, smtp.url)
  }
  const times = await asking
  const tally = { ...(await service.count(smtp)), ...times }
  await record(`The worker killed (SIGKILL) as the server takes a mail, × ${kills}`, tally, {
    mailsTwice: kills,
  })
})

test('PostgreSQL restarted under the worker loses no mail', async () => {
  const folder = await scratchFolder()
  const start = () => startPostgres({ dataDir: join(folder, 'data'), database: 'accounts' })
  let postgres = await start()
  onTestFinished(() => postgres.stop())
  const smtp = await startSmtp()
  const accounts = await addAccounts(postgres.url)
  const { load, ...service } = await open(smtp, { url: postgres.url, accounts })
  const asking = service.ask()
  await postgres.stop()
  await load.failed(1)
  postgres = await start()
  load.faultEnds()
  await load.recovered()
  const times = await asking
  await record(
    'PostgreSQL restarted under the worker',
    { ...(await service.count(smtp)), ...times },
    { failures: ['503'], mailsTwice: 1 },
  )
})
