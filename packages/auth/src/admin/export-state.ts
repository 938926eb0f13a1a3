import type { Caller } from '../caller.ts'
import {
  type ExportLag,
  forgetChanges,
  getExportLag,
  isNotingChanges,
  noteChanges,
} from '../db/django-changes.ts'
import { type ExportProblem, listExportProblems as selectProblems } from '../db/django-users.ts'
import { guardAccounts, keepLeading } from '../db/leadership.ts'
import type { Admin } from './admin.ts'
import { inShortTransaction } from './short-transaction.ts'

/**
 * Makes PostgreSQL note every change of a user from now on, for `exportChanges`, and lets a switch
 * hold writes. Repeatable.
 * @throws {LeaderError} Django leads
 * @example await installExport(admin, operator)
 */
export async function installExport({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<void> {
  await inShortTransaction(db, async (tx) => {
    await keepLeading(tx)
    await guardAccounts(tx)
    await noteChanges(tx)
  })
}

/**
 * Notes no more changes, and forgets those that wait. Returns false if none were noted.
 * @example const removed = await removeExport(admin, operator)
 */
export async function removeExport({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<boolean> {
  return inShortTransaction(db, forgetChanges)
}

/**
 * Returns whether changes are noted for an export.
 * @example if (await isExporting(admin)) console.log(await getExportState(admin, operator))
 */
export async function isExporting({ db }: Pick<Admin, 'db'>): Promise<boolean> {
  return isNotingChanges(db)
}

/** How far an export is behind; null: none is installed. */
export type ExportState = ExportLag | null

/**
 * Returns how far the export is behind.
 * @example const state = await getExportState(admin, operator)
 */
export async function getExportState({ db }: Pick<Admin, 'db'>, _caller: Caller): Promise<ExportState> {
  return (await isNotingChanges(db)) ? getExportLag(db) : null
}

/** Most users that are listed. */
const listed = 10_000

/**
 * Lists the users whom Django does not have as this service does, with the reason.
 * @example const problems = await listExportProblems(admin, operator)
 */
export async function listExportProblems(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
): Promise<ExportProblem[]> {
  return selectProblems(db, { limit: listed })
}
