import type pg from 'pg'
import { parseDatabaseUrl } from './database-url.ts'
import { dropUseless } from './drop-useless.ts'
import { FailoverPool } from './failover-pool.ts'
import { HostClient } from './host-client.ts'
import { Hosts } from './hosts.ts'

export type PoolOptions = Omit<
  pg.PoolConfig,
  'connectionString' | 'connectionTimeoutMillis' | 'Client' | 'onConnect'
> & {
  /** One host, or several interchangeable ones. */
  url: string
  /**
   * Called with each new connection, before any other statement is sent on it. What it throws fails
   * the connection. Default: not called.
   */
  onOpen?: ((client: pg.ClientBase) => Promise<void>) | undefined
}

/**
 * Longest time that a host may take to accept a connection, in milliseconds. With several hosts it
 * is shorter, so that a request still reaches another one.
 */
const hostTimeoutMs = { alone: 5000, amongSeveral: 2000 }

/** Longest time that a request waits for a connection when all are in use. */
const waitTimeoutMs = 5000

/**
 * Opens a pool to the server that accepts writes. Each new connection checks once that its server
 * does, unless the URL says `target_session_attrs=any`. Otherwise, or without an answer, it tries
 * the next host. When a server refuses a statement as read-only (25006), the pool drops every
 * connection to it: after a failover the next request finds the new server.
 *
 * It sends nothing before the first query. An idle connection that breaks or is dropped emits
 * `error` on the pool. A host has 5 seconds to accept a connection, 2 where there are several, or
 * `connect_timeout`.
 * @throws {UrlProblem} the URL cannot be used
 */
export function createPool({ url, onOpen, ...options }: PoolOptions): pg.Pool {
  const { hosts: all, config, needsWrites, connectTimeoutMs } = parseDatabaseUrl(url)
  const hosts = new Hosts(all)
  const timeoutMs = connectTimeoutMs ?? hostTimeoutMs[all.length === 1 ? 'alone' : 'amongSeveral']
  const poolConfig: pg.PoolConfig = {
    ...options,
    connectionTimeoutMillis: Math.max(waitTimeoutMs, timeoutMs),
    Client: class extends HostClient {
      constructor() {
        super({ hosts, timeoutMs, config: { ...options, ...config } })
      }
    },
    onConnect: async (client) => {
      if (needsWrites && client instanceof HostClient) await client.assertTakesWrites()
      await onOpen?.(client)
    },
  }
  const pool = new FailoverPool(poolConfig, all.length)
  dropUseless(pool)
  return pool
}
