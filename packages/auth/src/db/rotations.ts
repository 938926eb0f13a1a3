import { sql } from 'kysely'
import { commitWithoutStandby } from './postgres/commit-without-standby.ts'
import type { ClientInfo } from './events.ts'
import { batched } from './postgres/batched.ts'
import { isRefreshable } from './live.ts'
import { type LiveSession, seconds, sessionColumns, now } from './sessions.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'

/** A refresh token's claim to a session, and what a rotation grants. */
export interface Rotation {
  sessionId: string
  userId: number
  /** The generation that the presented token was minted for. */
  generation: number
  rotate: boolean
  graceSeconds: number
  /** Allowance for the ends of the session. */
  leewaySeconds: number
  lifetimeSeconds: number
  /**
   * Whether a standby must have it before it is answered: in a transaction that does more than
   * rotate. Default: it need not.
   */
  waitsForStandby?: boolean
  /**
   * The service's own time: the new refresh token is not from after it, or who verifies it would
   * refuse it as early.
   */
  clock: Date
  client: ClientInfo
}

/** A session whose refresh was granted. */
export interface RotatedSession extends LiveSession {
  /** Whether this refresh moved it to its generation; a retry finds it there. */
  hasMoved: boolean
}

/**
 * The happy path of a refresh in one conditional update. The token of the current generation moves
 * the session to the next; the one before it, within the grace or while nobody has shown the pair
 * that followed, gets the same answer again. `undefined`: neither holds, or the session is over, or
 * its user may not have one, or somebody else changes it at this moment.
 *
 * Under load one update moves several sessions: those whose tokens came in the same turn of the
 * event loop, each once. It waits for no lock, so nobody waits for the session of another, and no
 * two updates for each other.
 */
export const rotateSession = batched(
  (db, requested: readonly Rotation[]): Promise<(RotatedSession & { ordinality: number })[]> =>
    renewals(db, {
      sessionIds: requested.map(({ sessionId }) => sessionId),
      userIds: requested.map(({ userId }) => userId),
      generations: requested.map(({ generation }) => generation),
      rotates: requested.map(({ rotate }) => rotate),
      graces: requested.map(({ graceSeconds }) => graceSeconds),
      leeways: requested.map(({ leewaySeconds }) => leewaySeconds),
      lifetimes: requested.map(({ lifetimeSeconds }) => lifetimeSeconds),
      ips: requested.map(({ client }) => client.ip),
      userAgents: requested.map(({ client }) => client.userAgent),
      clocks: requested.map(({ clock }) => clock),
      waits: requested.some(({ waitsForStandby }) => waitsForStandby),
    }),
)

interface Values {
  sessionIds: string[]
  userIds: number[]
  generations: number[]
  rotates: boolean[]
  graces: number[]
  leeways: number[]
  lifetimes: number[]
  ips: (string | null)[]
  userAgents: (string | null)[]
  clocks: Date[]
  waits: boolean
}

interface Requested {
  session_id: string
  user_id: number
  generation: number
  rotates: boolean
  grace: number
  leeway: number
  lifetime: number
  ip: string | null
  user_agent: string | null
  clock: Date
  ordinality: number
}

const requested = (values: Placeholders<Values>) =>
  sql<Requested>`unnest(
    ${values.sessionIds}::uuid[], ${values.userIds}::bigint[], ${values.generations}::int[], ${values.rotates}::boolean[],
    ${values.graces}::float8[], ${values.leeways}::float8[], ${values.lifetimes}::float8[], ${values.ips}::inet[], ${values.userAgents}::text[], ${values.clocks}::timestamptz[]
  ) with ordinality`.as<'requested'>(
    sql`requested (session_id, user_id, generation, rotates, grace, leeway, lifetime, ip, user_agent, clock, ordinality)`,
  )

const isCurrent = sql<boolean>`s.generation = requested.generation`

/**
 * `delivered_generation` is still the one presented: the answer to that refresh has been lost, or
 * has not been used yet.
 */
const isRetry = sql<boolean>`(s.generation = requested.generation + 1
  and (s.delivered_generation = requested.generation or s.rotated_at > now() - ${seconds(sql.ref('requested.grace'))}))`

const renewals = compiledQuery((db, values: Placeholders<Values>) =>
  db
    .with('due', (cte) =>
      cte
        .selectFrom(requested(values))
        .innerJoin('sessions as s', (join) =>
          join
            .onRef('s.id', '=', 'requested.session_id')
            .onRef('s.user_id', '=', 'requested.user_id')
            .on(isRefreshable(sql.ref('requested.leeway'))),
        )
        .innerJoin('users as u', (join) => join.onRef('u.id', '=', 's.user_id').on('u.is_active', 'is', true))
        .select([
          's.id',
          'u.email',
          'requested.generation',
          'requested.lifetime',
          'requested.ip',
          'requested.user_agent',
          'requested.clock',
        ])
        .select(['requested.ordinality', sql<boolean>`${isCurrent}`.as('delivers')])
        .select(sql<boolean>`requested.rotates and ${isCurrent}`.as('moves'))
        .where((eb) => eb.or([isCurrent, isRetry]))
        .forUpdate('s')
        .skipLocked(),
    )
    .updateTable('sessions as s')
    .from('due')
    .set({
      generation: sql<number>`case when due.moves then due.generation + 1 else s.generation end`,
      rotated_at: sql<Date>`case when due.moves then now() else s.rotated_at end`,
      issued_at: sql<Date>`case when due.moves then least(now(), due.clock) else s.issued_at end`,
      expires_at: sql<Date>`case when due.moves then least(now() + ${seconds(sql.ref('due.lifetime'))}, s.ends_at) else s.expires_at end`,
      delivered_generation: sql<number>`case when due.delivers then due.generation else s.delivered_generation end`,
      last_used_at: sql`now()`,
      ip: sql`coalesce(due.ip, s.ip)`,
      user_agent: sql`coalesce(due.user_agent, s.user_agent)`,
    })
    .whereRef('s.id', '=', 'due.id')
    .returning(sessionColumns)
    .returning(['due.email', 'due.ordinality', 'due.moves as hasMoved', now])
    .returning(commitWithoutStandby(values.waits).as('commit')),
)
