import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import type { ClusterNode } from './cluster-node.ts'

const pollMs = 100
const patienceMs = 120_000

/** The first node that says that it is the leader, if any. */
export async function findLeader(nodes: ClusterNode[]): Promise<ClusterNode | undefined> {
  const answers = await Promise.all(
    nodes.map((node) =>
      fetch(`http://${node.host}:8008/primary`, { signal: AbortSignal.timeout(1000) }).then(
        ({ status }) => status === 200,
        () => false,
      ),
    ),
  )
  return nodes.find((_, index) => answers[index])
}

/** Runs a statement and resolves to its rows. */
export async function query(url: string, sql: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000, query_timeout: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query<Record<string, unknown>>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Returns whether a statement answers `true as yes`. */
export function isTrue(url: string, sql: string): Promise<boolean> {
  return query(url, sql).then(
    ([row]) => row?.['yes'] === true,
    () => false,
  )
}

/**
 * Asks until a condition holds.
 * @throws {Error} it does not within two minutes
 */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patienceMs
  let cause: unknown
  const isSoNow = () =>
    isSo().catch((error: unknown) => {
      cause = error
      return false
    })
  while (!(await isSoNow())) {
    if (Date.now() > deadline) throw new Error(`In two minutes it did not come that ${what}.`, { cause })
    await pause(pollMs)
  }
}
