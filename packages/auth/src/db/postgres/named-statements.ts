import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/**
 * Names of statements: the same text has the same name. There are few texts, for every value is a
 * parameter.
 */
export type NameOf = (text: string) => string

/** Makes names for the statements of a pool. */
export function createStatementNames(): NameOf {
  const names = new Map<string, string>()
  return (text) => {
    const name = names.get(text) ?? `statement_${names.size + 1}`
    names.set(text, name)
    return name
  }
}

/**
 * A pool whose connections parse and plan each statement once and then know it by name: under load
 * PostgreSQL spends a third of the time on a refresh. What has no parameters (`begin`, the
 * statements of a migration) is sent as it is.
 */
export function withNamedStatements(pool: pg.Pool, nameOf: NameOf): PostgresPool {
  const prepared = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect()
      const named = prepared.get(client) ?? prepare(client, nameOf)
      prepared.set(client, named)
      return named
    },
    end: () => pool.end(),
  }
}

function prepare(client: pg.PoolClient, nameOf: NameOf): PostgresPoolClient {
  function query<Row>(text: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<Row>>
  function query<Row>(cursor: PostgresCursor<Row>): PostgresCursor<Row>
  function query(text: string | object, parameters: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('Cursors are not in use.')
    if (parameters.length === 0) return client.query(text)
    return client.query({ name: nameOf(text), text, values: [...parameters] })
  }
  return { query, release: (destroy) => client.release(destroy) }
}
