import type { Caller } from '@pockitflyer/auth'
import { type Admin, exportChanges } from '@pockitflyer/auth/admin'
import { applyBlacklist } from '../follow/apply-blacklist.ts'
import type { FollowedSource } from '../source/source.ts'

/**
 * Exports the oldest changes that wait here, and revokes the sessions of tokens that Django
 * blacklisted meanwhile. Returns how many changes it exported; 0: none waits.
 * @throws {LeaderError} Django leads
 * @example while ((await exportBatch(admin, operator, source)) > 0);
 */
export async function exportBatch(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<number> {
  await applyBlacklist(admin, caller, source)
  return exportChanges(admin, caller, { write: source.writer.write })
}
