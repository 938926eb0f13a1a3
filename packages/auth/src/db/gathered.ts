import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Most keys that one statement is asked for. */
const maxBatchSize = 100

/** A row that says which of the keys it belongs to: the first has place 1 (`with ordinality`). */
interface Placed {
  place: number
}

/**
 * A statement for one key, made of a statement for several: what is asked of a database in the same
 * turn of the event loop goes out together, and each caller gets the row of its key, or
 * `undefined`. It waits for nothing: alone, a key goes out at once. When the statement fails, it
 * fails for all. Keys that have the same name are one; without names, each is one of its own.
 */
export function gathered<Key, Row extends Placed>(
  findRows: (db: Kysely<Database>, keys: readonly Key[]) => Promise<Row[]>,
  nameOf: (key: Key) => unknown = (key) => key,
): (db: Kysely<Database>, key: Key) => Promise<Row | undefined> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Key, Row | undefined, unknown>>()
  return (db, key) => {
    const loader = loaders.get(db) ?? createLoader((keys: readonly Key[]) => findRows(db, keys), nameOf)
    loaders.set(db, loader)
    return loader.load(key)
  }
}

/** It remembers a key until the statement goes out, and no longer. */
function createLoader<Key, Row extends Placed>(
  findRows: (keys: readonly Key[]) => Promise<Row[]>,
  nameOf: (key: Key) => unknown,
): DataLoader<Key, Row | undefined, unknown> {
  const loader = new DataLoader<Key, Row | undefined, unknown>(
    async (keys) => {
      loader.clearAll()
      const rows = new Map((await findRows(keys)).map((row) => [row.place, row]))
      return keys.map((_, index) => rows.get(index + 1))
    },
    { cacheKeyFn: nameOf, maxBatchSize, batchScheduleFn: (send) => void setImmediate(send) },
  )
  return loader
}
