import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { ClientInfo } from './auth-events.ts'
import type { Database } from './database.ts'
import { batched } from './postgres/batched.ts'
import { commitWithoutStandby } from './postgres/commit-without-standby.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { requestedRows } from './postgres/requested-rows.ts'
import { isEmailVerified, isRefreshable, type LiveSession, now, seconds, sessionColumns } from './sessions.ts'

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
   * Whether the commit waits for a standby: in a transaction that does more than rotate. Default:
   * false.
   */
  waitsForStandby?: boolean
  /**
   * The service's own time. The `iat` of the new refresh token is never later: its verifier would
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

export const requestedRotations = requestedRows<Rotation>()({
  session_id: ['uuid', ({ sessionId }) => sessionId],
  user_id: ['bigint', ({ userId }) => userId],
  generation: ['int', ({ generation }) => generation],
  rotates: ['boolean', ({ rotate }) => rotate],
  grace: ['float8', ({ graceSeconds }) => graceSeconds],
  leeway: ['float8', ({ leewaySeconds }) => leewaySeconds],
  lifetime: ['float8', ({ lifetimeSeconds }) => lifetimeSeconds],
  ip: ['inet', ({ client }) => client.ip],
  user_agent: ['text', ({ client }) => client.userAgent],
  clock: ['timestamptz', ({ clock }) => clock],
})

/**
 * Does the happy path of a refresh in one conditional update. The token of the current generation
 * moves the session to the next. The token before it gets the same answer again, within the grace
 * or until a token of the following pair is presented. Returns `undefined` if neither holds, if the
 * session is over, if its user is inactive, or if another transaction has locked the session.
 *
 * Under load one update moves several sessions: those whose tokens came in the same turn of the
 * event loop. The update waits for no lock, so no request waits for the session of another, and no
 * two updates wait for each other.
 */
export const rotateSession = batched(
  (db, rotations: readonly Rotation[]): Promise<(RotatedSession & { ordinality: number })[]> =>
    rotateSessions(db, {
      ...requestedRotations.toValues(rotations),
      waits: rotations.some(({ waitsForStandby }) => waitsForStandby),
    }),
)

const isCurrent = sql<boolean>`s.generation = requested.generation`

/**
 * `delivered_generation` is still the one presented: the answer to that refresh has been lost, or
 * has not been used yet.
 */
const isRetry = sql<boolean>`(s.generation = requested.generation + 1
  and (s.delivered_generation = requested.generation or s.rotated_at > now() - ${seconds(sql.ref('requested.grace'))}))`

const rotateSessions = compiledQuery((db, { waits }: Placeholders<{ waits: boolean }>) =>
  updateRotated(db).returning(commitWithoutStandby(waits).as('commit')),
)

/**
 * Builds the update of the requested rotations. `userId` is the user of all of them, for an engine
 * that must find the user in the statement itself. The times come from the CTE: Citus takes no
 * `now()` in CASE.
 */
export function updateRotated(db: Kysely<Database>, userId?: RawBuilder<number>) {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom(requestedRotations.table)
        .innerJoin('sessions as s', (join) =>
          join
            .onRef('s.id', '=', 'requested.session_id')
            .on('s.user_id', '=', userId ?? sql.ref<number>('requested.user_id'))
            .on(isRefreshable(sql.ref('requested.leeway'))),
        )
        .innerJoin('users as u', (join) => join.onRef('u.id', '=', 's.user_id').on('u.is_active', 'is', true))
        .select([
          's.id',
          's.user_id',
          'u.email',
          isEmailVerified,
          'requested.generation',
          'requested.ip',
          'requested.user_agent',
          'requested.ordinality',
        ])
        .select([now, sql<Date>`least(now(), requested.clock)`.as('issued_at')])
        .select(sql<Date>`now() + ${seconds(sql.ref('requested.lifetime'))}`.as('expires_at'))
        .select(isCurrent.as('delivers'))
        .select(sql<boolean>`requested.rotates and ${isCurrent}`.as('moves'))
        .where((eb) => eb.or([isCurrent, isRetry]))
        .forUpdate('s')
        .skipLocked(),
    )
    .updateTable('sessions as s')
    .from('due')
    .set({
      generation: sql<number>`case when due.moves then due.generation + 1 else s.generation end`,
      rotated_at: sql<Date>`case when due.moves then due.now else s.rotated_at end`,
      issued_at: sql<Date>`case when due.moves then due.issued_at else s.issued_at end`,
      expires_at: sql<Date>`case when due.moves then least(due.expires_at, s.ends_at) else s.expires_at end`,
      delivered_generation: sql<number>`case when due.delivers then due.generation else s.delivered_generation end`,
      last_used_at: sql<Date>`due.now`,
      ip: sql`coalesce(due.ip, s.ip)`,
      user_agent: sql`coalesce(due.user_agent, s.user_agent)`,
    })
    .where('s.user_id', '=', userId ?? sql.ref<number>('due.user_id'))
    .whereRef('s.id', '=', 'due.id')
    .returning(sessionColumns)
    .returning(['due.email', 'due.isEmailVerified', 'due.ordinality', 'due.moves as hasMoved', 'due.now'])
}

/** A generation of a session, whose token was presented. */
export interface Delivery {
  sessionId: string
  userId: number
  generation: number
}

export const requestedDeliveries = requestedRows<Delivery>()({
  session_id: ['uuid', ({ sessionId }) => sessionId],
  user_id: ['bigint', ({ userId }) => userId],
  generation: ['int', ({ generation }) => generation],
})

/**
 * Notes on a session that the pair of its generation was delivered. Outside a transaction the
 * commit waits for no standby. The update waits for no lock, so that calls for many sessions share
 * a statement; the next call notes what this one skips.
 */
export const updateSessionDelivered = batched(
  (db, deliveries: readonly Delivery[]): Promise<{ ordinality: number }[]> =>
    updateSessionsDelivered(db, { ...requestedDeliveries.toValues(deliveries), waits: db.isTransaction }),
  ({ sessionId, userId, generation }) => `${sessionId} ${userId} ${generation}`,
)

const updateSessionsDelivered = compiledQuery((db, { waits }: Placeholders<{ waits: boolean }>) =>
  updateDelivered(db).returning(commitWithoutStandby(waits).as('commit')),
)

/** Builds the update of the requested deliveries; `userId` as in `updateRotated`. */
export function updateDelivered(db: Kysely<Database>, userId?: RawBuilder<number>) {
  return db
    .with('due', (cte) =>
      cte
        .selectFrom(requestedDeliveries.table)
        .innerJoin('sessions as s', (join) =>
          join
            .onRef('s.id', '=', 'requested.session_id')
            .on('s.user_id', '=', userId ?? sql.ref<number>('requested.user_id'))
            .onRef('s.generation', '=', 'requested.generation'),
        )
        .select(['s.id', 's.user_id', 'requested.generation', 'requested.ordinality'])
        .forUpdate('s')
        .skipLocked(),
    )
    .updateTable('sessions as s')
    .from('due')
    .set((eb) => ({ delivered_generation: eb.ref('due.generation') }))
    .where('s.user_id', '=', userId ?? sql.ref<number>('due.user_id'))
    .whereRef('s.id', '=', 'due.id')
    .returning('due.ordinality')
}
