import type { Caller } from '@pockitflyer/auth'
import {
  type Admin,
  exportUsers,
  type ImportedUser,
  installExport,
  listUsersHere,
} from '@pockitflyer/auth/admin'
import { type FollowedSource, readPages } from '../source/source.ts'
import { asThere, isLater, listDifferences } from '../status/differences.ts'
import { pairUsers } from '../status/pair-users.ts'
import { importBlacklistedTokens } from '../follow/apply-blacklist.ts'

/** Users that are exported at once. */
const batchSize = 500

/**
 * Notes every change here from now on, and brings Django what differs there: users whom it does not
 * have, those who changed, and deletions. Users whom Django alone has, and this service never had,
 * stay there. Repeatable, and safe to break off. Returns how many users it wrote.
 * @throws {SourceError} a table of Django needs values that this service does not have; the role
 *   may not create triggers there
 * @throws {LeaderError} Django leads
 * @example
 * const written = await startExporting(admin, operator, { source, onProgress })
 */
export async function startExporting(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, onProgress }: { source: FollowedSource; onProgress: (done: number) => void },
): Promise<number> {
  source.writer.assertWritable()
  await installExport(admin, caller)
  await source.feed.install()
  const { write } = source.writer
  let [done, written] = [0, 0]
  let ids: number[] = []
  const flush = async () => {
    await exportUsers(admin, caller, { ids, write })
    written += ids.length
    ids = []
  }
  const pagesHere = readPages((page) => listUsersHere(admin, caller, page))
  for await (const { there, here } of pairUsers(readPages(source.readUsers), pagesHere)) {
    done += 1
    if (done % batchSize === 0) onProgress(done)
    if (there === undefined || here === undefined || differs(there, source.toDjango(here)))
      ids.push((there ?? here).id)
    if (ids.length === batchSize) await flush()
  }
  await flush()
  await importBlacklistedTokens(admin, caller, source)
  return written
}

/** A later login there stays: it is no difference. */
function differs(there: ImportedUser, here: ImportedUser): boolean {
  const isLaterThere = isLater(there.lastLoginAt, here.lastLoginAt)
  return listDifferences(there, asThere(here, there)).some(
    ({ field }) => field !== 'lastLoginAt' || !isLaterThere,
  )
}
