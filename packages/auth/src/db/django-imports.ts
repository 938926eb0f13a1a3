import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from './database.ts'

/** How far an import has come. */
export interface ImportProgress {
  task: 'users' | 'tokens'
  /** The database or file that is imported. */
  source: string
  /** The id of the row that was imported last. */
  position: number
}

/** Finds where an interrupted import of this source goes on: after this id; 0: at the beginning. */
export async function findImportPosition(
  db: Kysely<Database>,
  { task, source }: Pick<ImportProgress, 'task' | 'source'>,
): Promise<number> {
  const row = await db
    .selectFrom('django_imports')
    .select('position')
    .where('task', '=', task)
    .where('source', '=', source)
    .executeTakeFirst()
  return row?.position ?? 0
}

/** Records how far an import has come, in the transaction of the batch. */
export async function updateImportProgress(
  tx: Transaction<Database>,
  progress: ImportProgress,
): Promise<void> {
  const { source, position } = progress
  await tx
    .insertInto('django_imports')
    .values(progress)
    .onConflict((conflict) =>
      conflict.column('task').doUpdateSet({ source, position, updated_at: sql`now()` }),
    )
    .execute()
}

/** Forgets the progress of an import that has come to its end: the next one begins anew. */
export async function deleteImportProgress(
  db: Kysely<Database>,
  { task }: Pick<ImportProgress, 'task'>,
): Promise<void> {
  await db.deleteFrom('django_imports').where('task', '=', task).execute()
}
