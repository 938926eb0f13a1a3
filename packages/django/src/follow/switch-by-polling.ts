import type { Caller } from '@pockitflyer/auth'
import { type Admin, asOnlyFollower } from '@pockitflyer/auth/admin'
import { SourceError } from '../source-error.ts'
import type { Comparison } from '../status/compare-source.ts'
import { type FollowOptions, startFollowing } from './start-following.ts'
import { assertDjangoLeads, switchToAccounts } from './switch-to-accounts.ts'

/**
 * Makes this service the leader where Django's database has no triggers: no record tells what is
 * left to apply, so it begins with a whole import. It cannot hold Django's writes either, so they
 * must have been stopped before. Returns the comparison.
 * @throws {SourceError} as `switchToAccounts`; another process follows; the source is a standby
 * @example
 * const options = { source, mapping, passwords, onProgress }
 * const { users, checksums } = await switchByPolling(admin, operator, options)
 */
export async function switchByPolling(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  options: FollowOptions,
): Promise<Comparison> {
  await assertDjangoLeads(admin)
  const comparison = await asOnlyFollower(admin, async (admin) => {
    await startFollowing(admin, caller, options)
    return switchToAccounts(admin, caller, options.source)
  })
  if (comparison === undefined)
    throw new SourceError('Another process follows Django. Stop it: nothing tells what it has applied.')
  return comparison
}
