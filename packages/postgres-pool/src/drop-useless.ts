import type pg from 'pg'
import { HostClient } from './host-client.ts'
import { ReadOnlyServerError, readOnlyState } from './read-only.ts'

/**
 * The server shut down, crashed or is starting: the connection is useless, even where a pooler
 * keeps it open.
 */
const endedStates = /^57P0[123]$/

/**
 * Removes useless connections from a pool: one whose server ended, one that fell silent, and all of
 * them once a server says that it is read-only.
 */
export function dropUseless(pool: pg.Pool): void {
  const isIdle = new Map<pg.PoolClient, boolean>()
  const useless = new WeakSet<pg.PoolClient>()

  function dropAllLike(client: pg.PoolClient): void {
    if (!(client instanceof HostClient)) return
    client.leaveHost()
    for (const [other, idle] of isIdle) {
      if (!(other instanceof HostClient) || other.target !== client.target) continue
      useless.add(other)
      // A pool drops an idle client that emits an error. It offers no other way.
      if (idle) other.emit('error', new ReadOnlyServerError(other.target))
    }
  }

  pool.on('connect', (client) => {
    // A broken connection fails its statement. Without a listener its `error` event would end the
    // process.
    client.on('error', () => {})
    // Runs before pg's own listener, which may return the client to the pool at once.
    client.connection.prependListener('errorMessage', ({ code = '' }: pg.DatabaseError) => {
      if (endedStates.test(code)) useless.add(client)
      if (code === readOnlyState) dropAllLike(client)
    })
  })
  pool.on('acquire', (client) => isIdle.set(client, false))
  pool.on('remove', (client) => isIdle.delete(client))
  pool.on('release', (_, client) => {
    const isSilent = isUnanswered(client)
    if (isSilent && client instanceof HostClient) client.leaveHost()
    if (isSilent || useless.has(client)) void client.end()
    else isIdle.set(client, true)
  })
}

/**
 * After an unanswered statement the connection may be dead without either end knowing, so it is not
 * reused. A connection that is not ready yet may be healthy: PostgreSQL sends an error and its
 * ready message in separate packets.
 */
function isUnanswered(client: pg.PoolClient): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- pg tells it by no other name without a warning
  return '_activeQuery' in client && client._activeQuery !== null
}
