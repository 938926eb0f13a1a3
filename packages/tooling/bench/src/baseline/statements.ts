/**
 * The statements of `packages/auth/src/db`, written by hand for one call each and prepared once for
 * each connection.
 */

const live = 's.revoked_at is null and least(s.expires_at, s.ends_at) > now()'

const liveSession = `s.id, s.user_id::int as "userId", u.email, s.generation, s.rotated_at as "rotatedAt",
  s.expires_at as "expiresAt", s.ends_at as "endsAt", now() as now`

/** What `liveSession` returns. */
export interface LiveSession {
  id: string
  userId: number
  email: string
  generation: number
  rotatedAt: Date
  expiresAt: Date
  endsAt: Date
  now: Date
}

/** A user as a login and `me` read it. */
export interface FoundUser {
  id: number
  email: string
  displayName: string
  bio: string
}

/** `$1` email. */
export const findUserByEmail = {
  name: 'findUserByEmail',
  text: `select u.id::int, u.email, u.password_hash as "passwordHash", u.is_active as "isActive",
      p.display_name as "displayName", p.bio
    from emails as e join users as u on u.id = e.user_id join profiles as p on p.user_id = u.id
    where e.email = $1`,
}

/** `$1` user, `$2` checked hash, `$3` session, `$4` user agent, `$5` address. */
export const insertSession = {
  name: 'insertSession',
  text: `with u as (
      update users set last_login_at = now(), password_hash = $2
      where id = $1 and is_active and password_hash = $2
      returning id, email
    ), s as (
      insert into sessions (id, user_id, expires_at, ends_at, user_agent, ip)
      select $3::uuid, u.id, now() + interval '7 days', now() + interval '90 days', $4::text, $5::inet from u
      returning *
    ), event as (
      insert into auth_events (kind, user_id, session_id, ip, user_agent)
      select 'login', s.user_id, s.id, s.ip, s.user_agent from s
    )
    select ${liveSession} from s, u`,
}

/** `$1` session, `$2` user, `$3` generation, `$4` user agent, `$5` address. */
export const rotateSession = {
  name: 'rotateSession',
  text: `update sessions as s set
      generation = $3::int + 1,
      rotated_at = case when s.generation = $3 then now() else s.rotated_at end,
      expires_at = case when s.generation = $3 then least(now() + interval '7 days', s.ends_at) else s.expires_at end,
      last_used_at = now(),
      ip = coalesce($5::inet, s.ip),
      user_agent = coalesce($4, s.user_agent)
    from users as u
    where u.id = s.user_id and u.is_active and s.id = $1 and s.user_id = $2 and ${live}
      and (s.generation = $3 or (s.generation = $3 + 1 and s.rotated_at > now() - interval '30 seconds'))
    returning ${liveSession}`,
}

/** `$1` user, `$2` session. */
export const findUserOfSession = {
  name: 'findUserOfSession',
  text: `select u.id::int, u.email, u.is_active as "isActive", p.display_name as "displayName", p.bio,
      u.sessions_ended_at as "sessionsEndedAt", s.id is not null as "hasLiveSession"
    from users as u join profiles as p on p.user_id = u.id
    left join sessions as s on s.id = $2 and s.user_id = u.id and ${live}
    where u.id = $1`,
}
