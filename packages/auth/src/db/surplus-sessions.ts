import { type RawBuilder, sql } from 'kysely'

/** Why a session ended that another left no room for. */
export const surplusReason = 'session_limit'

/**
 * Most sessions that one statement ends. Five thousand, each with its event, take a tenth of a
 * second.
 */
export const endingBatchSize = 5000

/**
 * The live sessions of the user in `u (id)` that one more session leaves no room for: those used
 * longest ago. One that somebody else has locked is in use at this moment and stays, so that no two
 * statements wait for each other; the next login ends what stayed.
 */
export const surplusSessions = (sessionsPerUser: RawBuilder<number>): RawBuilder<{ id: string }> => sql<{
  id: string
}>`(
  select id from sessions where id in (
    select id from (
      select s.id, s.last_used_at from sessions s, u
      where s.user_id = u.id and s.revoked_at is null and least(s.expires_at, s.ends_at) > now()
      order by s.last_used_at desc, s.id offset ${sessionsPerUser}::int - 1
    ) surplus
    order by last_used_at limit ${sql.lit(endingBatchSize)}
  ) for update skip locked
)`

/** Why the audit says that they ended. */
export const surplusDetail = sql<string>`jsonb_build_object('because', ${sql.lit(surplusReason)})`
