import DataLoader from 'dataloader'
import type { Kysely } from 'kysely'
import type { Database } from './database.ts'

/** Most keys that one statement is asked for. */
const maxBatchSize = 100

/**
 * A statement for one key, made of a statement for several: what is asked of a database in the same turn of the event loop goes out
 * together, and each caller gets what belongs to its key. It waits for nothing: alone, a key goes out at once. When the statement
 * fails, it fails for all. Keys that have the same name are one; without names, each is one of its own.
 */
export function gathered<Key, Found>(
  findAll: (db: Kysely<Database>, keys: readonly Key[]) => Promise<Found[]>,
  nameOf: (key: Key) => unknown = (key) => key,
): (db: Kysely<Database>, key: Key) => Promise<Found> {
  const loaders = new WeakMap<Kysely<Database>, DataLoader<Key, Found, unknown>>()
  return (db, key) => {
    const loader = loaders.get(db) ?? createLoader((keys: readonly Key[]) => findAll(db, keys), nameOf)
    loaders.set(db, loader)
    return loader.load(key)
  }
}

/** It remembers a key until the statement goes out, and no longer. */
function createLoader<Key, Found>(
  findAll: (keys: readonly Key[]) => Promise<Found[]>,
  nameOf: (key: Key) => unknown,
): DataLoader<Key, Found, unknown> {
  const loader = new DataLoader<Key, Found, unknown>(
    (keys) => {
      loader.clearAll()
      return findAll(keys)
    },
    { cacheKeyFn: nameOf, maxBatchSize, batchScheduleFn: (send) => void setImmediate(send) },
  )
  return loader
}
