import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'
import { isLive } from './sessions.ts'

/** How much there is, at this moment. */
export interface AccountCounts {
  users: number
  inactiveUsers: number
  liveSessions: number
  /** In the last 24 hours. */
  logins: number
  failedLogins: number
}

/** Counts users, sessions and the logins of a day. Reads every user and every session. */
export async function countAccounts(db: Kysely<Database>): Promise<AccountCounts> {
  const { rows } = await sql<AccountCounts>`
    select
      (select count(*) from users) as users,
      (select count(*) from users where not is_active) as "inactiveUsers",
      (select count(*) from sessions where ${isLive}) as "liveSessions",
      (select count(*) from auth_events where kind = 'login' and at > now() - interval '1 day') as logins,
      (select count(*) from auth_events where kind = 'login_failed' and at > now() - interval '1 day')
        + (select count(*) from events_without_user where kind = 'login_failed' and at > now() - interval '1 day')
        as "failedLogins"`.execute(db)
  const [counts] = rows
  if (counts === undefined) throw new Error('PostgreSQL returned no row.')
  return counts
}
