import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'

/** Most keys that one statement is asked for. */
const maxBatchSize = 100

/** A row with the place of its key among those requested, from 1 (`with ordinality`). */
interface Ordered {
  ordinality: number
}

/**
 * Batches lookups: calls in the same turn of the event loop become one statement. Each caller gets
 * the row of its key, or `undefined`. `keyOf` deduplicates equal keys; without it no two keys are
 * equal. If the statement fails, every call in the batch fails.
 */
export function batched<Key, Row extends Ordered>(
  findRows: (db: Kysely<Database>, keys: readonly Key[]) => Promise<Row[]>,
  keyOf: (key: Key) => unknown = (key) => key,
): (db: Kysely<Database>, key: Key) => Promise<Row | undefined> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Key, Row | undefined, unknown>>()
  return (db, key) => {
    const loader = loaders.get(db) ?? createLoader((keys: readonly Key[]) => findRows(db, keys), keyOf)
    loaders.set(db, loader)
    return loader.load(key)
  }
}

/** Keeps keys until the statement is sent, and caches no row. */
function createLoader<Key, Row extends Ordered>(
  findRows: (keys: readonly Key[]) => Promise<Row[]>,
  keyOf: (key: Key) => unknown,
): DataLoader<Key, Row | undefined, unknown> {
  const loader = new DataLoader<Key, Row | undefined, unknown>(
    async (keys) => {
      loader.clearAll()
      const rows = new Map((await findRows(keys)).map((row) => [row.ordinality, row]))
      return keys.map((_, index) => rows.get(index + 1))
    },
    { cacheKeyFn: keyOf, maxBatchSize, batchScheduleFn: (send) => void setImmediate(send) },
  )
  return loader
}
