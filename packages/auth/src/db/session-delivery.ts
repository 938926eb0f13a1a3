import { batched } from './postgres/batched.ts'
import { commitWithoutStandby } from './postgres/commit-without-standby.ts'
import { compiledQuery, type Placeholders } from './postgres/compiled-query.ts'
import { requestedRows } from './postgres/requested-rows.ts'

/** A generation of a session, whose token was presented. */
interface Delivery {
  sessionId: string
  userId: number
  generation: number
}

const requested = requestedRows<Delivery>()({
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
    updateSessionsDelivered(db, { ...requested.toValues(deliveries), waits: db.isTransaction }),
  ({ sessionId, userId, generation }) => `${sessionId} ${userId} ${generation}`,
)

const updateSessionsDelivered = compiledQuery((db, { waits }: Placeholders<{ waits: boolean }>) =>
  db
    .with('due', (cte) =>
      cte
        .selectFrom(requested.table)
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
    .returning(['due.ordinality', commitWithoutStandby(waits).as('commit')]),
)
