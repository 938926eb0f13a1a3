import { withClient } from '../server/database.ts'
import { poll } from '../server/poll.ts'

const patience = { timeoutMs: 60_000, everyMs: 20 }

/**
 * Waits until a condition holds.
 * @throws when it does not hold within a minute
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  if (!(await poll(isSo, patience))) throw new Error(`Within a minute it did not happen that ${what}.`)
}

/** Returns whether a query answers `yes`. False also while the server does not answer. */
export async function isTrue(url: string, sql: string): Promise<boolean> {
  return query(url, sql).then(
    ([row]) => row?.['yes'] === true,
    () => false,
  )
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)
}
