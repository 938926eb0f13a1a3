import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type ApiProcess, startApiProcess } from '@pockitflyer/testing'
import { createTestDatabase } from '@pockitflyer/postgres/vitest'
import { afterAll, expect, inject, onTestFinished } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import type { Account } from '../src/clients.ts'
import { type Load, type LoadOptions, startLoad, type Tally } from '../src/load.ts'

/** `pnpm faults`: long enough to measure. Else long enough to see that it works. */
export const isLong = process.env['FAULTS'] === 'long'

/** So many of something, or in the short form so many. */
export function count({ short, long }: { short: number; long: number }): number {
  return isLong ? long : short
}

/** Lets a fault last. */
export function last(seconds: number): Promise<unknown> {
  return pause(seconds * 1000)
}

/** A folder that every account may read, gone when the test file is done. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'))
  await chmod(folder, 0o755)
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A database on the server that all tests share, with accounts. */
export async function openDatabase() {
  const database = await createTestDatabase()
  onTestFinished(() => database.drop())
  return { url: database.url, accounts: await addAccounts(database.url) }
}

/**
 * The API as it runs in production, where a refresh token that is reused ends its session: what
 * goes wrong shows. It is gone when the test is.
 */
export async function startApi(databaseUrl: string, env: Record<string, string> = {}): Promise<ApiProcess> {
  const api = await startApiProcess(databaseUrl, {
    NODE_ENV: 'production',
    RATE_LIMITS: 'off',
    BLACKLIST_AFTER_ROTATION: 'true',
    ...env,
  })
  onTestFinished(async () => void (await api.kill()))
  return api
}

/** Clients of a server, which send requests until the test is done at the latest. */
export function putLoad(url: () => string, accounts: Account[], options?: LoadOptions): Load {
  const load = startLoad(url, accounts, options)
  onTestFinished(async () => void (await load.stop()))
  return load
}

/** What faults of mail and failovers may cost, beside what any fault may. */
interface MailTally extends Tally {
  /** Numbers of mails: asked for, given up, lost and sent twice. */
  mails?: { asked: number; refused: number; lost: number; twice: number }
  /** Numbers of registrations: answered, and those that a failover lost. */
  registrations?: { answered: number; lost: number }
  /** Whether the cluster was one of Citus. */
  isCitus?: boolean
  /** 99 of 100 requests were answered in this time before the fault, and during it. */
  p99Ms?: number[]
}

/** What a fault may cost. */
interface Costs {
  /** What requests may fail with: statuses, or codes without an answer. Default: nothing. */
  failures?: string[]
  /** How many mails may be sent twice. Default: none. */
  mailsTwice?: number
}

/**
 * Enters what came of a load into the report, and expects that no user was logged out or given the
 * id of another, that no mail is lost, and that all else failed as the fault may cost.
 */
export async function record(
  fault: string,
  tally: MailTally,
  { failures = [], mailsTwice = 0 }: Costs = {},
): Promise<void> {
  const row = JSON.stringify({ fault, ...tally })
  await writeFile(join(inject('rowsFolder'), `${performance.timeOrigin + performance.now()}.json`), row)
  const others = Object.entries(tally.failed).filter(([what]) => !failures.includes(what))
  const { lost = 0, twice = 0 } = tally.mails ?? {}
  expect([fault, tally.lost, tally.idsTwice, others, lost]).toEqual([fault, 0, 0, [], 0])
  expect(twice, 'mails sent twice').toBeLessThanOrEqual(mailsTwice)
}
