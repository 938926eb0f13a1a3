import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/**
 * A pool whose connections parse and plan each statement once and then know it by name: under load PostgreSQL spends a third of the
 * time on a refresh. What has no parameters (`begin`, the statements of a migration) is sent as it is. There are as many names as
 * there are texts, which are few: every value is a parameter.
 */
export function preparing(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const prepared = new WeakMap<pg.PoolClient, PostgresPoolClient>()

  function nameOf(text: string): string {
    const name = names.get(text) ?? `statement_${names.size + 1}`
    names.set(text, name)
    return name
  }

  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const preparing = prepared.get(client) ?? prepare(client, nameOf)
      prepared.set(client, preparing)
      return preparing
    },
    end: () => pool.end(),
  }
}

function prepare(client: pg.PoolClient, nameOf: (text: string) => string): PostgresPoolClient {
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query(text: string | object, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('Cursors are not in use.')
    if (parameters.length === 0) return client.query(text)
    return client.query({ name: nameOf(text), text, values: [...parameters] })
  }
  return { query, release: (destroy) => client.release(destroy) }
}
