import type { Kysely } from 'kysely'
import type { Flyer, NewFlyer } from '../schema.ts'
import type { Database } from './database.ts'

/** Most flyers that a list holds. */
const listMaxLength = 100

/**
 * Stores a flyer, once however often it is sent: the same flyer by the same author is answered as
 * it was stored first. Undefined when its id is taken by any other. One statement, so that two that
 * are sent at once settle in PostgreSQL.
 */
export async function insertFlyer(
  db: Kysely<Database>,
  flyer: NewFlyer & { author_id: number },
): Promise<Flyer | undefined> {
  const row = await db
    .insertInto('flyers.flyers')
    .values(flyer)
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ id: flyer.id })
        .where('flyers.flyers.author_id', '=', flyer.author_id)
        .where('flyers.flyers.title', '=', flyer.title)
        .where('flyers.flyers.body', '=', flyer.body),
    )
    .returning(['id', 'title', 'body', 'created_at'])
    .executeTakeFirst()
  return row && toFlyer(row)
}

/** The flyers of an author, the newest first, at most 100. */
export async function listFlyersOf(db: Kysely<Database>, authorId: number): Promise<Flyer[]> {
  const rows = await db
    .selectFrom('flyers.flyers')
    .select(['id', 'title', 'body', 'created_at'])
    .where('author_id', '=', authorId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(listMaxLength)
    .execute()
  return rows.map(toFlyer)
}

function toFlyer({ created_at, ...row }: Omit<Flyer, 'created_at'> & { created_at: Date }): Flyer {
  return { ...row, created_at: created_at.toISOString() }
}
