import pg from 'pg'
import { expect, vi } from 'vitest'

interface Sent {
  text: string
  values: unknown[]
}

/** What was sent while `act` ran: of each text the last. */
async function sentBy(act: () => Promise<unknown>): Promise<Sent[]> {
  const query = vi.spyOn(pg.Client.prototype, 'query')
  try {
    await act()
    const sent = query.mock.calls.flatMap(([config]: unknown[]): Sent[] => {
      const isStatement =
        typeof config === 'object' && config !== null && 'text' in config && 'values' in config
      return isStatement && Array.isArray(config.values)
        ? [{ text: String(config.text), values: config.values }]
        : []
    })
    const statements = sent.filter(({ text }) => /^\s*(select|insert|update|delete|with)\b/.test(text))
    return [...new Map(statements.map((one) => [one.text, one])).values()]
  } finally {
    query.mockRestore()
  }
}

/** Where a statement runs: on the coordinator alone, by one task on one shard, or otherwise. */
async function placeOf(client: pg.Client, { text, values }: Sent): Promise<string> {
  if (text.includes('run_command_on_shards')) return 'every shard'
  const { rows } = await client.query<{ 'QUERY PLAN': string }>({
    text: `explain (costs off) ${text}`,
    values,
  })
  const lines = rows.map((row) => row['QUERY PLAN'])
  const plans = lines.filter((line) => line.includes('Custom Scan (Citus'))
  if (plans.length === 0) return 'the coordinator'
  const tasks = lines.flatMap((line) => /Task Count: (\d+)/.exec(line)?.[1] ?? [])
  const isRouter =
    plans.length === 1 && tasks.join() === '1' && !lines.some((line) => line.includes('Subplan'))
  return isRouter ? 'one shard' : lines.join('\n')
}

/** The statements of `act` that run on more than one shard, or take more than one task. */
async function listSpread(url: string, act: () => Promise<unknown>): Promise<string[]> {
  const sent = await sentBy(act)
  expect(sent.length).toBeGreaterThan(0)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const spread = []
    for (const statement of sent) {
      const place = await placeOf(client, statement)
      if (place !== 'one shard' && place !== 'the coordinator') spread.push(`${statement.text}\n${place}`)
    }
    return spread
  } finally {
    await client.end()
  }
}

/** Acts by name, each with those of its statements that go to more than one shard. */
export async function listSpreadActs(
  url: string,
  acts: Record<string, () => Promise<unknown>>,
): Promise<Record<string, string[]>> {
  const spread: Record<string, string[]> = {}
  for (const [name, act] of Object.entries(acts)) {
    const found = await listSpread(url, act)
    if (found.length > 0) spread[name] = found
  }
  return spread
}
