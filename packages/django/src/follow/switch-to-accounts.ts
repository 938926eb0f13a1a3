import type { Caller } from '@pockitflyer/auth'
import { type Admin, getLeadership, setLeader, startImport } from '@pockitflyer/auth/admin'
import type { FollowedSource } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { compareDrained } from '../status/compare-drained.ts'
import type { Comparison } from '../status/compare-source.ts'
import { drain } from '../status/drain.ts'
import { applyChanges } from './apply-changes.ts'

/**
 * Makes this service the leader: drains the feed, compares every user on both sides, then holds
 * Django's writes for a moment, drains what came meanwhile, and changes the leader. What Django
 * writes after it stays there alone: send its writes here before. New users here draw ids above
 * every id that Django gave out. Returns the comparison.
 * @throws {SourceError} this service leads already; the feed is not installed or not drained; both
 *   sides differ; a long transaction writes in Django
 * @example
 * const { users, checksums } = await switchToAccounts(admin, operator, source)
 */
export async function switchToAccounts(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<Comparison> {
  await assertDjangoLeads(admin)
  if (!(await source.feed.isInstalled()))
    throw new SourceError('Nothing follows this Django. Run first: pnpm auth django follow')
  const drainFeed = () =>
    drain(admin, {
      findWaiting: source.feed.findWaiting,
      apply: (admin) => applyChanges(admin, caller, source),
    })
  const comparison = await compareDrained(admin, caller, { source, drain: drainFeed })
  await source.feed.holdWrites(async () => {
    await drainFeed()
    const highestId = await source.feed.highestId()
    await startImport(admin, caller, { task: 'users', source: source.name, highestId })
    await setLeader(admin, 'accounts')
  })
  return comparison
}

/**
 * Refuses where there is nothing to take over.
 * @throws {SourceError} this service leads already
 */
export async function assertDjangoLeads(admin: Pick<Admin, 'db'>): Promise<void> {
  const { leader } = await getLeadership(admin)
  if (leader === 'accounts') throw new SourceError('This service leads already.')
}
