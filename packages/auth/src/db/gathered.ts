import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Most keys that one statement is asked for. */
const maxBatchSize = 100

/**
 * A look-up that asks for one thing, made of one that asks for several: what is asked of a database in the same turn of the event loop
 * goes out in one statement, and each caller gets what belongs to its key. It waits for nothing: alone, a key goes out at once. When
 * the statement fails, it fails for all.
 */
export function gathered<Key, Found>(
  findAll: (db: Kysely<Database>, keys: readonly Key[]) => Promise<Found[]>,
): (db: Kysely<Database>, key: Key) => Promise<Found> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Key, Found>>()
  return (db, key) => {
    const loader = loaders.get(db) ?? createLoader((keys: readonly Key[]) => findAll(db, keys))
    loaders.set(db, loader)
    return loader.load(key)
  }
}

function createLoader<Key, Found>(findAll: (keys: readonly Key[]) => Promise<Found[]>) {
  return new DataLoader(findAll, {
    cache: false,
    maxBatchSize,
    batchScheduleFn: (send) => void setImmediate(send),
  })
}
