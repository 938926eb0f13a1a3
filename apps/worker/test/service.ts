import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { connect, readSettings } from '@pockitflyer/auth'
import { addUser, adminSettings, createAdmin } from '@pockitflyer/auth/admin'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import type { RunningServer } from '@pockitflyer/server'
import { createLog } from '@pockitflyer/server/log'
import { spawnProgram, type TestProcess } from '@pockitflyer/server/testing'
import { cheapHashes, mailEnv, startTestApi } from '@pockitflyer/testing'
import { sql } from 'kysely'
import { afterAll, expect, onTestFinished } from 'vitest'
import { z } from 'zod'
import { readWorkerSettings } from '../src/settings/settings.ts'
import { startWorker } from '../src/worker.ts'

export const password = 'TestPass123!'
export const caller = { client: { ip: null, userAgent: null } }

/** A database of this test file, and the API on it, which has a mail server in its settings. */
export async function openService(env: Record<string, string> = {}) {
  const database = await createTestDatabase()
  const db = connect({ url: database.url })
  const settings = readSettings(adminSettings, {})
  const admin = createAdmin({ ...settings, passwords: { ...settings.passwords, ...cheapHashes } }, { db })
  const api = await startTestApi(database.url, { ...mailEnv, ...env })
  afterAll(async () => {
    await api.stop()
    await db.destroy()
    await database.drop()
  })

  async function post(
    path: string,
    body: object,
    access?: string,
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(`${api.url}/api/users/${path}/`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': firefox,
        ...(access && { Authorization: `Bearer ${access}` }),
      },
      body: JSON.stringify(body),
    })
    return { status: answer.status, body: await answer.json() }
  }

  return {
    db,
    admin,
    url: database.url,
    post,
    async addUser(displayName = 'Ada', email = `user-${randomUUID()}@example.com`) {
      const account = { email, password, display_name: displayName, is_active: true }
      return { email, ...(await addUser(admin, caller, account)) }
    },
    /** Asks for a reset as a browser does. */
    async askReset(email: string) {
      expect(await post('password/reset', { email })).toEqual({ status: 200, body: {} })
    },
    /** Logs in and asks for another email. */
    async askEmailChange(email: string, newEmail: string) {
      const { body } = await post('login', { email, password })
      const { access } = z.object({ access: z.string() }).parse(body)
      const change = { new_email: newEmail, current_password: password }
      expect(await post('email/change', change, access)).toEqual({ status: 200, body: {} })
    },
    logIn: async (email: string, password: string) => (await post('login', { email, password })).status,
    /** How many mails of the outbox are in which state. */
    async countMails(this: void) {
      const { rows } = await sql<{ state: string; count: number }>`
        select case when sent_at is not null then 'sent' when given_up_at is not null then 'given_up' else 'waiting' end as state,
          count(*)::int as count
        from (select sent_at, given_up_at from outgoing_mails union all select sent_at, given_up_at from mailbox_mails) as mails
        group by 1`.execute(db)
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
    },
    /** Makes every job that waits for another try due now, as if its pause were over. */
    async skipPauses() {
      await sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`.execute(db)
    },
  }
}

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

/** The settings of a worker of tests. */
export function workerEnv(databaseUrl: string, env: Record<string, string> = {}): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    MAIL_KEY: mailEnv.MAIL_KEY,
    MAIL_FROM: 'Pockitflyer <accounts@pockitflyer.example>',
    PUBLIC_URL: 'https://accounts.pockitflyer.example',
    WORKER_PORT: '0',
    ...env,
  }
}

const log = createLog('silent')

/** Starts a worker in this process, until the test is over. */
export async function startTestWorker(
  databaseUrl: string,
  env: Record<string, string> = {},
): Promise<RunningServer> {
  const worker = await startWorker(readWorkerSettings(workerEnv(databaseUrl, env)), log)
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= worker.stop())
  onTestFinished(stop)
  return { ...worker, stop }
}

/** Runs the worker as a process with nothing but these variables, until the test is over. */
export function spawnWorker(env: Record<string, string>): TestProcess {
  const worker = spawnProgram(join(import.meta.dirname, '../src/main.ts'), env)
  onTestFinished(async () => void (await worker.kill()))
  return worker
}
