import type { Caller } from '@pockitflyer/auth'
import { type Admin, assertMayFollow, deleteImportedUsers, setLeader } from '@pockitflyer/auth/admin'
import { type ImportResult, importSource } from '../import/import-source.ts'
import { inspectSource, type OnProgress } from '../import/report.ts'
import type { HashSettings } from '../import/tally.ts'
import type { Mapping } from '../mapping.ts'
import type { FollowedSource } from '../source/source.ts'

/** What is followed, and how. */
export interface FollowOptions {
  source: FollowedSource
  mapping: Mapping
  passwords: HashSettings
  onProgress: OnProgress
}

/**
 * Lets Django lead and brings what changed there before its feed was installed: a whole import,
 * and the deletions since the last one. Repeatable, and safe to break off.
 * @throws {SourceError} the feed cannot be installed; the report has problems
 * @throws {LeaderError} this service has taken over
 * @example
 * const options = { source, mapping, passwords, onProgress }
 * const { inserted } = await startFollowing(admin, operator, options)
 */
export async function startFollowing(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, mapping, passwords, onProgress }: FollowOptions,
): Promise<ImportResult & { deleted: number }> {
  await assertMayFollow(admin)
  await source.feed.install()
  await setLeader(admin, 'django')
  const inspection = await inspectSource(admin, caller, { source, mapping, passwords, onProgress })
  const result = await importSource(admin, caller, { source, inspection, onProgress })
  const { gone } = inspection.report
  const back = new Set((await source.feed.readUsers(gone)).map(({ id }) => id))
  const deleted = await deleteImportedUsers(admin, caller, { ids: gone.filter((id) => !back.has(id)) })
  return { ...result, deleted }
}
