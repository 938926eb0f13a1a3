import type { Caller } from '../caller.ts'
import {
  createScan,
  type EmailTwins,
  type ImportConflict,
  indexScan,
  insertScanned,
  listConflicts,
  listGone,
  listPassedOnEmails,
  listTwins,
  refusesTwins,
} from '../db/import-scan.ts'
import { toEmailKey } from '../emails/email-key.ts'
import type { Admin } from './admin.ts'

/** What an import would meet. */
export interface ImportScan {
  users: number
  highestId: number
  /** Users whose emails fold alike. */
  twins: EmailTwins[]
  /** Users who are here, were not imported, and have an id or an email of one to import. */
  conflicts: ImportConflict[]
  /** Folded emails that pass from one imported user to another. */
  passedOn: { folded: string; id: number }[]
  /** Ids of users who were imported before and are in the source no more. */
  gone: number[]
  /** Whether the database has the index of the version before, which refuses twins. */
  refusesTwins: boolean
}

/**
 * Compares users to import with one another and with the users who are here. Writes to a temporary
 * table alone, so that memory holds one page, however many users there are.
 * @example
 * const { conflicts } = await scanImport(admin, operator, pages)
 */
export async function scanImport(
  { db }: Pick<Admin, 'db'>,
  _caller: Caller,
  pages: AsyncIterable<readonly { id: number; email: string }[]>,
): Promise<ImportScan> {
  return db.transaction().execute(async (tx) => {
    await createScan(tx)
    let [users, highestId] = [0, 0]
    for await (const page of pages) {
      await insertScanned(
        tx,
        page.map(({ id, email }) => ({ id, email, folded: toEmailKey(email) })),
      )
      users += page.length
      highestId = page.reduce((highest, { id }) => Math.max(highest, id), highestId)
    }
    await indexScan(tx)
    return {
      users,
      highestId,
      twins: await listTwins(tx),
      conflicts: await listConflicts(tx),
      passedOn: await listPassedOnEmails(tx),
      gone: await listGone(tx),
      refusesTwins: await refusesTwins(tx),
    }
  })
}
