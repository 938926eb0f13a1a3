import type { Caller } from '../caller.ts'
import { deleteImportProgress, findImportPosition, type ImportProgress } from '../db/django-imports.ts'
import { moveUserIdsPast } from '../db/imported-users.ts'
import type { Admin } from './admin.ts'

/**
 * Makes new users draw ids above the highest that is to be imported, and returns after which id an
 * interrupted import of this source goes on; 0: it begins.
 * @example
 * const task = { task: 'users', source: 'db:5432/django/auth_user' }
 * const afterId = await startImport(admin, operator, { ...task, highestId: 1_000_000 })
 */
export async function startImport(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  { highestId, ...task }: Pick<ImportProgress, 'task' | 'source'> & { highestId: number },
): Promise<number> {
  await db.transaction().execute((tx) => moveUserIdsPast(tx, highestId))
  return findImportPosition(db, task)
}

/**
 * Forgets how far an import has come: the next one begins anew.
 * @example
 * await finishImport(admin, operator, { task: 'users' })
 */
export async function finishImport(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  task: Pick<ImportProgress, 'task'>,
): Promise<void> {
  await deleteImportProgress(db, task)
}
