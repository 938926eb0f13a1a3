import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { maxAttempts } from './jobs.ts'

/** The task of the job that tells a user of a login from a new device. */
export const newDeviceTask = 'mail_new_device'

/** SQL for the network that an address is in: 24 bits of IPv4, 48 of IPv6. */
const networkOf = (ip: RawBuilder<unknown>) =>
  sql`network(set_masklen(${ip}, case family(${ip}) when 6 then 48 else 24 end))`

/** SQL for whether two addresses are in one network, or both unknown. */
export const isSameNetwork = (one: RawBuilder<unknown>, other: RawBuilder<unknown>) =>
  sql<boolean>`${networkOf(one)} is not distinct from ${networkOf(other)}`

/**
 * SQL that adds the job for the session that a login inserts as `s`, of the user `u`: unless it is
 * the user's first login, or an earlier session had the same user agent in the same network. The
 * worker looks closer. The statement sees the rows from before it: neither this session nor this
 * login.
 */
export const addNewDeviceJob = sql<string | null>`
  case when exists (select from users as before where before.id = u.id and before.last_login_at is not null)
    and not exists (
      select from sessions as known
      where known.user_id = u.id and known.user_agent is not distinct from s.user_agent
        and ${isSameNetwork(sql.ref('known.ip'), sql.ref('s.ip'))})
  then (
    select id from graphile_worker.add_job(
      ${sql.lit(newDeviceTask)},
      json_build_object('mailId', s.id, 'userId', u.id, 'ip', host(s.ip), 'userAgent', s.user_agent),
      max_attempts => ${sql.lit(maxAttempts)}))
  end`

/** The user agents of the sessions that a user had in the network of a session, before it. */
export async function listEarlierUserAgents(
  db: Kysely<Database>,
  { userId, sessionId }: { userId: number; sessionId: string },
): Promise<(string | null)[]> {
  const sessions = await db
    .selectFrom('sessions as earlier')
    .innerJoin('sessions as s', (join) =>
      join.on('s.id', '=', sessionId).onRef('s.user_id', '=', 'earlier.user_id'),
    )
    .select('earlier.user_agent')
    .distinct()
    .where('s.user_id', '=', userId)
    .where('earlier.user_id', '=', userId)
    .whereRef('earlier.created_at', '<', 's.created_at')
    .where(isSameNetwork(sql.ref('earlier.ip'), sql.ref('s.ip')))
    .execute()
  return sessions.map(({ user_agent }) => user_agent)
}
