import { sql } from 'kysely'
import { commitWithoutStandby } from './postgres/commit-without-standby.ts'
import { batched } from './postgres/batched.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'

/**
 * When the generation of a session `s` began, while no token of it has been presented to this
 * service; null from then on. Only a rotation leaves the delivered generation one behind: any other
 * distance is the work of the version before, which keeps none.
 */
export const undeliveredSince = sql<Date | null>`case
  when s.delivered_generation = s.generation - 1 then s.rotated_at
end`.as('undeliveredSince')

/** A generation of a session, whose token was presented. */
interface Delivery {
  sessionId: string
  userId: number
  generation: number
}

/**
 * Notes that the pair of a session's generation was delivered. Alone it waits for no standby, and
 * in any case for no lock, so that calls of many sessions share a statement: what is skipped is
 * noted by the next call.
 */
export const updateDelivered = batched(
  (db, delivered: readonly Delivery[]): Promise<{ ordinality: number }[]> =>
    updates(db, {
      sessionIds: delivered.map(({ sessionId }) => sessionId),
      userIds: delivered.map(({ userId }) => userId),
      generations: delivered.map(({ generation }) => generation),
      waits: db.isTransaction,
    }),
  ({ sessionId, userId, generation }) => `${sessionId} ${userId} ${generation}`,
)

interface Values {
  sessionIds: string[]
  userIds: number[]
  generations: number[]
  waits: boolean
}

interface Requested {
  session_id: string
  user_id: number
  generation: number
  ordinality: number
}

const updates = compiledQuery((db, values: Placeholders<Values>) =>
  db
    .with('due', (cte) =>
      cte
        .selectFrom(
          sql<Requested>`unnest(${values.sessionIds}::uuid[], ${values.userIds}::bigint[], ${values.generations}::int[])
            with ordinality`.as<'requested'>(sql`requested (session_id, user_id, generation, ordinality)`),
        )
        .innerJoin('sessions as s', (join) =>
          join
            .onRef('s.id', '=', 'requested.session_id')
            .onRef('s.user_id', '=', 'requested.user_id')
            .onRef('s.generation', '=', 'requested.generation'),
        )
        .select(['s.id', 'requested.generation', 'requested.ordinality'])
        .forUpdate('s')
        .skipLocked(),
    )
    .updateTable('sessions as s')
    .from('due')
    .set((eb) => ({ delivered_generation: eb.ref('due.generation') }))
    .whereRef('s.id', '=', 'due.id')
    .returning(['due.ordinality', commitWithoutStandby(values.waits).as('commit')]),
)
