import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Most keys that one statement is asked for. */
const maxBatchSize = 100

/**
 * A statement for one key, made of a statement for several: what is asked of a database in the same turn of the event loop goes out
 * together, keys of the same name once, and each caller gets what belongs to its key. It waits for nothing: alone, a key goes out at
 * once. When the statement fails, it fails for all.
 */
export function gathered<Key, Found>(
  nameOf: (key: Key) => string,
  findAll: (db: Kysely<Database>, keys: readonly Key[]) => Promise<Found[]>,
): (db: Kysely<Database>, key: Key) => Promise<Found> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Key, Found, string>>()
  return (db, key) => {
    const loader = loaders.get(db) ?? createLoader(nameOf, (keys: readonly Key[]) => findAll(db, keys))
    loaders.set(db, loader)
    return loader.load(key)
  }
}

/** It remembers a key until the statement goes out, and no longer. */
function createLoader<Key, Found>(
  nameOf: (key: Key) => string,
  findAll: (keys: readonly Key[]) => Promise<Found[]>,
): DataLoader<Key, Found, string> {
  const loader = new DataLoader<Key, Found, string>(
    (keys) => {
      loader.clearAll()
      return findAll(keys)
    },
    { cacheKeyFn: nameOf, maxBatchSize, batchScheduleFn: (send) => void setImmediate(send) },
  )
  return loader
}
