import type { ImportedUser } from '@pockitflyer/auth/admin'
import type { SourceDatabase } from '../source/connect-source.ts'
import { readUsers } from '../source/read-users.ts'
import type { SourceSchema } from '../source/schema.ts'
import { onSource } from '../source/source-failure.ts'
import type { Waiting } from '../status/drain.ts'
import { getHighestId } from '../source/user-ids.ts'
import { hasFeed, installFeed, removeFeed } from './install-feed.ts'
import { type Change, deleteChanges, findWaiting, holdWrites, readChanges } from './read-feed.ts'

/**
 * The changes of users that Django's database notes. Each function throws a `SourceError` if
 * PostgreSQL refuses or is away.
 */
export interface ChangeFeed {
  isInstalled: () => Promise<boolean>
  install: () => Promise<void>
  /** Returns false if there was none. */
  remove: () => Promise<boolean>
  findWaiting: () => Promise<Waiting>
  /** Reads the oldest changes. */
  read: (limit: number) => Promise<Change[]>
  /** Runs work while no transaction writes what is noted. */
  holdWrites: <Result>(run: () => Promise<Result>) => Promise<Result>
  /** Returns the highest id that Django gave a user. */
  highestId: () => Promise<number>
  /** Deletes changes that were applied. */
  delete: (changes: readonly Change[]) => Promise<void>
  /** Reads users as they are now; those who are gone are left out. */
  readUsers: (ids: readonly number[]) => Promise<ImportedUser[]>
}

/** Creates the access to the feed of a Django database. Installs nothing yet. */
export function createChangeFeed(db: SourceDatabase, schema: SourceSchema, url: string): ChangeFeed {
  return {
    isInstalled: () => onSource(url, () => hasFeed(db, schema)),
    install: () => onSource(url, () => installFeed(db, schema)),
    remove: () => onSource(url, () => removeFeed(db, schema)),
    findWaiting: () => onSource(url, () => findWaiting(db, schema)),
    read: (limit) => onSource(url, () => readChanges(db, schema, limit)),
    holdWrites: (run) => holdWrites(db, schema, run),
    highestId: () => onSource(url, () => getHighestId(db, schema)),
    delete: (changes) => onSource(url, () => deleteChanges(db, schema, changes)),
    readUsers: (ids) => onSource(url, () => readUsers(db, schema, { ids })),
  }
}
