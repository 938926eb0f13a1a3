import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { z } from 'zod'
import { type Account } from './clients.ts'
import { post } from './send.ts'

/** Pause before the outbox is looked at again, in milliseconds. */
const lookMs = 50

/** States of the mails of an outbox. */
const outbox = z.object({ waiting: z.number(), refused: z.number(), all: z.number() })

/** Asks for a reset of each account, one after the other, until the service takes it. */
export async function askResets(url: string, accounts: Account[]): Promise<void> {
  for (const { email } of accounts)
    while ((await post(`${url}/api/users/password/reset/`, { email })).status !== 200) await pause(lookMs)
}

/**
 * Resolves when the outbox has this many mails and none of them waits, to the number of those that
 * were given up. Meanwhile it lets time pass for the queue: the pauses before another try are over.
 */
export async function emptyOutbox(databaseUrl: string, count: number): Promise<number> {
  return withDatabase(databaseUrl, async (client) => {
    for (;;) {
      await passTime(client, 15)
      const { rows } = await client.query(`
        select count(*) filter (where sent_at is null and given_up_at is null)::int as waiting,
          count(*) filter (where given_up_at is not null)::int as refused, count(*)::int as all
        from outgoing_mails`)
      const { waiting, refused, all } = outbox.parse(rows[0])
      if (waiting === 0 && all === count) return refused
      await pause(lookMs)
    }
  })
}

/** Lets the minutes pass after which the jobs of a killed worker are done again. */
export async function passMinutes(databaseUrl: string): Promise<void> {
  await withDatabase(databaseUrl, (client) => passTime(client, 0))
}

/** Lets minutes pass for jobs that wait, and for those that were begun so many seconds ago. */
async function passTime(client: Client, begunSeconds: number): Promise<void> {
  await client.query(
    `update graphile_worker._private_jobs set run_at = now(), locked_at = locked_at - interval '4 minutes'
    where locked_at is null or locked_at <= now() - make_interval(secs => $1)`,
    [begunSeconds],
  )
}

async function withDatabase<Result>(
  connectionString: string,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
