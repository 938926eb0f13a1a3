import { createDatabase, databaseUrl } from './server/database.ts'
import { type ReplicatedServer, startReplicatedServer } from './replication/replicated-server.ts'
import type { Prepare } from './testing.ts'

export type { ReplicatedServer } from './replication/replicated-server.ts'

export type StartReplicationOptions = {
  /** Fills the database (migrations, say) before the standby is made. Default: it stays empty. */
  prepare?: Prepare
  /** Whether a commit with `synchronous_commit = on` waits for the standby. Default false. */
  synchronous?: boolean
}

export type Replication = {
  primary: ReplicatedServer
  /** Streams from the primary and answers reads. */
  standby: ReplicatedServer
  /** Both hosts in one URL, as libpq reads it, with `target_session_attrs=read-write`. */
  url: string
  /** Stops both servers and removes their folders. The caller removes servers added later. */
  stop: () => Promise<void>
}

/**
 * Starts two embedded PostgreSQL servers, a primary and its standby, for tests of what happens when
 * one of them fails. Their data lie in memory where there is room. They die with this process where
 * setpriv exists; what a killed run left is removed at the next start of a test server. Takes about
 * three seconds.
 *
 * A failover that loses what was committed:
 * ```ts
 * await standby.stopReceiver()
 * await write(primary.url)     // acknowledged, and on the primary alone
 * await primary.kill()
 * await standby.promote()      // takes writes in about 100 ms, without the row
 * ```
 * A switchover that loses nothing: `await primary.stop()`, `await standby.promote()`, `await
 * primary.follow(standby)`. After a failover with loss the old primary cannot follow, since it
 * knows more than the new one: use `standby.addStandby()`.
 *
 * With `synchronous`, commits wait for ever while the standby is frozen or away; the promoted
 * standby waits for no other.
 */
export async function startReplication({
  prepare,
  synchronous = false,
}: StartReplicationOptions = {}): Promise<Replication> {
  const primary = await startReplicatedServer('accounts')
  try {
    await createDatabase(databaseUrl(primary.url, 'postgres'), 'accounts')
    await prepare?.(primary.url)
    const standby = await primary.addStandby()
    const stop = async () => {
      await standby.remove()
      await primary.remove()
    }
    if (synchronous) await primary.configure({ synchronous_standby_names: '*' })
    return { primary, standby, url: severalHosts(primary, standby), stop }
  } catch (error) {
    await primary.remove()
    throw error
  }
}

/** One URL for several servers of the same password, the first of them tried first. */
export function severalHosts(...servers: ReplicatedServer[]): string {
  const [first] = servers
  if (first === undefined) throw new TypeError('Give at least one server.')
  const hosts = servers.map(({ url }) => new URL(url).host).join(',')
  return `${first.url.replace(new URL(first.url).host, hosts)}?target_session_attrs=read-write`
}
