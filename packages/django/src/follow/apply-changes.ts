import type { Caller } from '@pockitflyer/auth'
import { type Admin, deleteImportedUsers, importUsers } from '@pockitflyer/auth/admin'
import { importTokens } from './apply-blacklist.ts'
import type { FollowedSource } from '../source/source.ts'

/** Changes that are applied at once. */
const batchSize = 500

/**
 * Applies the oldest changes of the feed here. Returns how many; 0: the feed is drained. It reads
 * each changed user as they are now, so the order of changes does not matter, and deletes the
 * changes last: broken off at any point, the next call applies them again.
 * @throws {LeaderError} this service leads
 * @example
 * while ((await applyChanges(admin, operator, source)) > 0);
 */
export async function applyChanges(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<number> {
  const { feed } = source
  const changes = await feed.read(batchSize)
  if (changes.length === 0) return 0
  const ids = [...new Set(changes.flatMap(({ userId }) => userId ?? []))]
  const users = await feed.readUsers(ids)
  const there = new Set(users.map(({ id }) => id))
  await importUsers(admin, caller, { users })
  await deleteImportedUsers(admin, caller, { ids: ids.filter((id) => !there.has(id)) })
  await importTokens(admin, caller, { source, ids: changes.flatMap(({ tokenId }) => tokenId ?? []) })
  await feed.delete(changes)
  return changes.length
}
