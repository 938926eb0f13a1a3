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
  /** One host, or several that stand in for one another. */
  url: string
}

/**
 * How long a host may take to let a connection in, in milliseconds. Where there are others, they
 * are reached within a request.
 */
const hostTimeoutMs = { alone: 5000, amongSeveral: 2000 }

/** How long a request waits for a connection when all are in use. */
const waitTimeoutMs = 5000

/**
 * Opens a pool to the server that takes writes. Each new connection asks once whether its server
 * does, unless the URL says `target_session_attrs=any`; where it does not, or does not answer, the
 * next host is tried. When the server refuses a statement as read-only (25006), every
 * connection to it is dropped: after a failover the next request finds the new server.
 *
 * Nothing is sent before the first query. An idle connection that breaks or is dropped emits
 * `error` on the pool. A host may take 5 seconds to let a connection in, 2 where there are several,
 * or `connect_timeout`.
 * @throws {UrlProblem} the URL cannot be used
 */
export function createPool({ url, ...options }: PoolOptions): pg.Pool {
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
    ...(needsWrites && {
      onConnect: async (client) => client instanceof HostClient && client.assertTakesWrites(),
    }),
  }
  const pool = new FailoverPool(poolConfig, all.length)
  dropUseless(pool)
  return pool
}
