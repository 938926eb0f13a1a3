import type { Transaction } from 'kysely'
import type { Caller } from '../caller.ts'
import type { Database } from '../db/database.ts'
import { deleteChanges, listChanges } from '../db/django-changes.ts'
import {
  deleteDjangoUsers,
  findGoneHere,
  findUnexported,
  getHighestUserId,
  listUsersHere as selectUsersHere,
  type UsersHere,
  upsertDjangoUsers,
} from '../db/django-users.ts'
import type { ImportedUser } from '../db/imported-users.ts'
import { holdAccounts, keepLeading, updateLeader } from '../db/leadership.ts'
import type { Admin } from './admin.ts'
import { digestOf } from './digest.ts'
import { inShortTransaction } from './short-transaction.ts'
import { isExporting } from './export-state.ts'

/** A user as they are here, and whether Django is known to have them. */
export type UserHere = ImportedUser & { isKnown: boolean }

/** What to write to Django at once. */
export interface ExportBatch {
  users: readonly UserHere[]
  /** Ids of users whom Django has, and who are gone here. */
  gone: readonly number[]
}

/** What Django has of a user after a batch. */
export interface ExportedUser {
  id: number
  /** The user as Django has them now; null: it has none. */
  there: ImportedUser | null
  /** Why Django does not have the user as this service does; null: it does. */
  problem: string | null
}

/** Writes a batch to Django and returns what it has then: of each user of the batch. */
export type WriteToDjango = (batch: ExportBatch) => Promise<readonly ExportedUser[]>

/** Changes, or users, that are exported at once. */
const batchSize = 500

/** Users whom a batch tries again: an email that was in their way may have come free. */
const retried = 100

/**
 * Exports the oldest changes that wait. Returns how many; 0: none waits. It reads each changed user
 * as they are now, so the order of changes does not matter, and deletes the changes last: broken
 * off at any point, the next call exports them again.
 * @throws {LeaderError} Django leads
 * @example
 * while ((await exportChanges(admin, operator, { write })) > 0);
 */
export async function exportChanges(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { write }: { write: WriteToDjango },
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await keepLeading(tx)
    return exportWaiting(tx, write)
  })
}

/**
 * Exports some users as they are now. Those who are gone here are deleted there, if they came from
 * there or were exported; other ids are left out.
 * @throws {LeaderError} Django leads
 * @example await exportUsers(admin, operator, { ids: [42], write })
 */
export async function exportUsers(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { ids, write }: { ids: readonly number[]; write: WriteToDjango },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await keepLeading(tx)
    await exportSome(tx, ids, write)
  })
}

/**
 * Makes Django the leader: holds every write to accounts here, exports what waits, calls `finish`
 * with the highest id that was given out here, and changes the leader. Writes that were held are
 * then refused; logins go on. Broken off at any point, this service still leads.
 * @throws {LeaderError} Django leads already
 * @throws PostgreSQL's lock timeout (55P03): a transaction here does not end within seconds
 * @example await handOverToDjango(admin, operator, { write, finish: async () => {} })
 */
export async function handOverToDjango(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { write, finish }: { write: WriteToDjango; finish: (highestId: number) => Promise<void> },
): Promise<void> {
  await inShortTransaction(db, async (tx) => {
    await holdAccounts(tx)
    while ((await exportWaiting(tx, write)) > 0);
    await finish(await getHighestUserId(tx))
    await updateLeader(tx, 'django')
  })
}

/**
 * Lists users as they are here, in the order of their ids: everyone once this service exports, else
 * those who were imported.
 * @example
 * const users = await listUsersHere(admin, operator, { afterId: 0, limit: 1000 })
 */
export async function listUsersHere(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  which: UsersHere,
): Promise<UserHere[]> {
  return selectUsersHere(db, which, { everyone: await isExporting({ db }) })
}

async function exportWaiting(tx: Transaction<Database>, write: WriteToDjango): Promise<number> {
  const changes = await listChanges(tx, batchSize)
  if (changes.length === 0) return 0
  const again = await findUnexported(tx, retried)
  await exportSome(tx, [...new Set([...changes.map(({ userId }) => userId), ...again])], write)
  await deleteChanges(tx, changes)
  return changes.length
}

async function exportSome(
  tx: Transaction<Database>,
  ids: readonly number[],
  write: WriteToDjango,
): Promise<void> {
  const users = await selectUsersHere(tx, { ids }, { everyone: true })
  const here = new Set(users.map(({ id }) => id))
  // A user who is deleted after the first statement is exported with the next batch.
  const gone = (await findGoneHere(tx, ids)).filter((id) => !here.has(id))
  const exported = await write({ users, gone })
  const isLeft = ({ there, problem }: ExportedUser) => there !== null || problem !== null
  await upsertDjangoUsers(
    tx,
    exported.filter(isLeft).map(({ id, there, problem }) => ({
      userId: id,
      digest: there === null ? '' : digestOf(there),
      problem,
    })),
  )
  await deleteDjangoUsers(
    tx,
    exported.filter((one) => !isLeft(one)).map(({ id }) => id),
  )
}
