import { randomUUID } from 'node:crypto'
import pg from 'pg'

/** The newest migration that the version before this one knew. */
export const previousMigration = '2026-11-22-accounts'

/**
 * What the version before this one sends to PostgreSQL, as it was recorded: its source is no longer
 * here to ask.
 */
const statements = {
  findUser: `
    select "u"."id", "u"."email", "u"."password_hash" as "passwordHash", "u"."is_active" as "isActive",
      "p"."display_name" as "displayName", "p"."bio"
    from "users" as "u" inner join "profiles" as "p" on "p"."user_id" = "u"."id" where lower(u.email) = lower($1)`,
  insertUser: `
    with "added" as (
      insert into "users" ("email", "password_hash", "is_active") values ($1, $2, $3)
      on conflict (lower(email)) do nothing returning "id"
    )
    insert into "profiles" ("user_id", "display_name", "bio")
    select "added"."id", $4::text as "display_name", $5::text as "bio" from "added"
    returning "user_id" as "id", "display_name" as "displayName", "bio"`,
  insertSession: `
    with "u" as (
      update "users" set "last_login_at" = now(), "password_hash" = $1
      where "id" = $2 and "is_active" = $3 and "password_hash" = $4 returning "id", "email"
    ), "s" as (
      insert into "sessions" ("id", "user_id", "expires_at", "ends_at", "user_agent", "ip")
      select $5::uuid as "id", "u"."id" as "user_id", now() + make_interval(secs => $6) as "expires_at",
        now() + make_interval(secs => $7) as "ends_at", $8::text as "user_agent", $9::inet as "ip"
      from "u" returning *
    ), "event" as (
      insert into "auth_events" ("kind", "user_id", "session_id", "ip", "user_agent")
      select 'login' as "kind", "s"."user_id", "s"."id", "s"."ip", "s"."user_agent" from "s"
    )
    select "s"."id", "s"."user_id" as "userId", "u"."email", "s"."generation", "s"."rotated_at" as "rotatedAt",
      "s"."expires_at" as "expiresAt", "s"."ends_at" as "endsAt", now() as "now"
    from "s", "u"`,
  rotateSession: `
    update "sessions" as "s" set "generation" = $1,
      "rotated_at" = case when s.generation = $2 then now() else s.rotated_at end,
      "expires_at" = case when s.generation = $3 then least(now() + make_interval(secs => $4), s.ends_at) else s.expires_at end,
      "last_used_at" = now(), "ip" = coalesce($5::inet, s.ip), "user_agent" = coalesce($6, s.user_agent)
    from "users" as "u"
    where "u"."id" = "s"."user_id" and "u"."is_active" = $7 and "s"."id" = $8 and "s"."user_id" = $9
      and (revoked_at is null and least(expires_at, ends_at) > now())
      and (s.generation = $10 or (s.generation = $11 and s.rotated_at > now() - make_interval(secs => $12)))
    returning "s"."id", "s"."user_id" as "userId", "u"."email", "s"."generation", "s"."rotated_at" as "rotatedAt",
      "s"."expires_at" as "expiresAt", "s"."ends_at" as "endsAt", now() as "now"`,
  findMe: `
    select "u"."id", "u"."email", "u"."is_active" as "isActive", "p"."display_name" as "displayName", "p"."bio",
      "u"."sessions_ended_at" as "sessionsEndedAt", s.id is not null as "hasLiveSession"
    from "users" as "u" inner join "profiles" as "p" on "p"."user_id" = "u"."id"
    left join "sessions" as "s" on "s"."id" = $1 and "s"."user_id" = "u"."id"
      and (revoked_at is null and least(expires_at, ends_at) > now())
    where "u"."id" = $2`,
  revokeSession: `
    update "sessions" set "revoked_at" = now(), "revoked_because" = $1
    where "id" = $2 and "user_id" = $3 and "revoked_at" is null returning "id"`,
  insertEvent: `
    insert into "auth_events" ("kind", "user_id", "session_id", "ip", "user_agent", "detail")
    values ($1, $2, $3, $4, $5, $6)`,
}

const week = 604_800

/**
 * A server of the version before, as PostgreSQL sees it. A statement that does not find its row is
 * an error.
 */
export function createPreviousVersion(url: string) {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  pool.on('connect', (client) => client.on('error', () => {}))
  // A test may drop the database before PostgreSQL has heard that the pool is gone.
  pool.on('error', () => {})

  async function send(statement: string, values: unknown[]): Promise<Record<string, unknown>> {
    const { rows } = await pool.query<Record<string, unknown>>(statement, values)
    const [row] = rows
    if (row === undefined) throw new Error(`no row: ${statement}`)
    return row
  }

  return {
    /** Adds a user and returns the id. */
    async register(email: string, passwordHash = 'unusable'): Promise<number> {
      const { id } = await send(statements.insertUser, [email, passwordHash, true, 'Anonymous User', ''])
      return Number(id)
    },
    /** Logs in and returns the id of the session. */
    async login(email: string): Promise<string> {
      const { id, passwordHash } = await send(statements.findUser, [email])
      const sid = randomUUID()
      const lifetimes = [sid, week, 13 * week, 'the version before', '203.0.113.7']
      await send(statements.insertSession, [passwordHash, id, true, passwordHash, ...lifetimes])
      return sid
    },
    async refresh(sid: string, userId: number, n: number): Promise<void> {
      const client = ['203.0.113.7', 'the version before']
      await send(statements.rotateSession, [n + 1, n, n, week, ...client, true, sid, userId, n, n + 1, 30])
    },
    async me(sid: string, userId: number): Promise<void> {
      const { hasLiveSession } = await send(statements.findMe, [sid, userId])
      if (hasLiveSession !== true) throw new Error(`session ${sid} is not live`)
    },
    async logout(sid: string, userId: number): Promise<void> {
      await send(statements.revokeSession, ['logout', sid, userId])
      await pool.query(statements.insertEvent, ['logout', userId, sid, null, null, null])
    },
    stop: () => pool.end(),
  }
}
