import { type Kysely, sql } from 'kysely'
import type { Database } from './database.ts'

/** A row of the audit as an operator sees it. */
export interface EventRecord {
  id: number
  at: Date
  kind: string
  userId: number | null
  email: string | null
  sessionId: string | null
  ip: string | null
  userAgent: string | null
  detail: unknown
}

/** Which events to list. */
export interface EventFilter {
  afterId: number
  limit: number
  userId?: number | undefined
  kinds?: string[] | undefined
  since?: Date | undefined
}

/** Lists events after `afterId` in the order of their ids, at most `limit`. */
export async function listEvents(db: Kysely<Database>, filter: EventFilter): Promise<EventRecord[]> {
  const { userId, kinds, since } = filter
  return db
    .selectFrom('auth_events as e')
    .leftJoin('users as u', 'u.id', 'e.user_id')
    .select(['e.id', 'e.at', sql<string>`e.kind`.as('kind'), 'e.user_id as userId', 'u.email'])
    .select(['e.session_id as sessionId', 'e.ip', 'e.user_agent as userAgent'])
    .select(sql`e.detail`.as('detail'))
    .where('e.id', '>', filter.afterId)
    .$if(userId !== undefined, (query) => query.where('e.user_id', '=', userId ?? null))
    .$if(kinds !== undefined, (query) => query.where(sql<boolean>`e.kind = any(${kinds}::text[])`))
    .$if(since !== undefined, (query) => query.where('e.at', '>=', since ?? new Date(0)))
    .orderBy('e.id')
    .limit(filter.limit)
    .execute()
}
