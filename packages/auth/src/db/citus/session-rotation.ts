import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import { compiledQuery, type Placeholders } from '../postgres/compiled-query.ts'
import {
  type Delivery,
  requestedDeliveries,
  requestedRotations,
  type RotatedSession,
  type Rotation,
  updateDelivered,
  updateRotated,
} from '../session-rotation.ts'

interface OfUser {
  userId: number
}

/**
 * Does the happy path of a refresh as on PostgreSQL, one session a statement: those of several
 * users lie on several shards. The commit waits for a standby of the worker where the worker is set
 * so.
 */
export async function rotateSession(
  db: Kysely<Database>,
  rotation: Rotation,
): Promise<RotatedSession | undefined> {
  const { userId } = rotation
  const [session] = await rotate(db, { ...requestedRotations.toValues([rotation]), userId })
  return session
}

const rotate = compiledQuery((db, { userId }: Placeholders<OfUser>) => updateRotated(db, userId))

/** Notes on a session that the pair of its generation was delivered, unless the row is locked. */
export async function updateSessionDelivered(
  db: Kysely<Database>,
  delivery: Delivery,
): Promise<object | undefined> {
  const { userId } = delivery
  const [noted] = await deliver(db, { ...requestedDeliveries.toValues([delivery]), userId })
  return noted
}

const deliver = compiledQuery((db, { userId }: Placeholders<OfUser>) => updateDelivered(db, userId))
