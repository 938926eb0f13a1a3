import type pg from 'pg'
import { HostClient } from './host-client.ts'
import { ReadOnlyServerError, readOnlyState } from './read-only.ts'

/**
 * Shut down, crashed, not there yet: the connection is of no more use, even where a pooler keeps it
 * open.
 */
const endedStates = /^57P0[123]$/

/**
 * Keeps a pool free of connections that can serve nothing more: the one whose server ended, the one
 * that fell silent, and all to a server that said to one of them that it is read-only.
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
      // A pool lets go of an idle client when that client breaks. It offers no other way.
      if (idle) other.emit('error', new ReadOnlyServerError(other.target))
    }
  }

  pool.on('connect', (client) => {
    // A connection that breaks while it is used fails its statement; that it also emits an error
    // would end the process.
    client.on('error', () => {})
    // Before pg's own listener, which may give the client back to the pool at once.
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
 * A connection whose last statement got no answer may be dead without either end knowing: it must
 * not be used again. One that is not ready yet may be well: PostgreSQL tells an error, and then, in
 * a packet of its own, that it is ready.
 */
function isUnanswered(client: pg.PoolClient): boolean {
  // oxlint-disable-next-line no-underscore-dangle -- pg tells it by no other name without a warning
  return '_activeQuery' in client && client._activeQuery !== null
}
