import { setTimeout as wait } from 'node:timers/promises'
import type { Caller } from '@pockitflyer/auth'
import { type Admin, asOnlyFollower, getLeadership, setLeader, startImport } from '@pockitflyer/auth/admin'
import type { FollowedSource } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { compareSource, type Comparison, type Difference } from '../status/compare-source.ts'
import { applyChanges } from './apply-changes.ts'

/** How long a follower in another process may take to drain the feed. */
const drainMs = 60_000

const pollMs = 100

/** How often both sides are compared, while Django goes on to change. */
const comparisons = 3

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
  const comparison = await compareDrained(admin, caller, source)
  await source.feed.holdWrites(async () => {
    await drain(admin, caller, source)
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

/** A difference may be a change that came after the feed was drained: then it is gone next time. */
async function compareDrained(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<Comparison> {
  for (let left = comparisons; ; left -= 1) {
    await drain(admin, caller, source)
    const comparison = await compareSource(admin, caller, source)
    if (comparison.differences.length === 0) return comparison
    if (left === 1) throw new SourceError(describe(comparison))
  }
}

function describe({ differences }: Comparison): string {
  const shown = differences.slice(0, 10).map((difference) => `  ${describeOne(difference)}`)
  return [
    `Both sides differ in ${differences.length} places, so the leader stays. pnpm auth django status lists all:`,
    ...shown,
  ].join('\n')
}

function describeOne(difference: Difference): string {
  if (difference.kind === 'field') return `user ${difference.id}: ${difference.field}`
  return `user ${difference.id}: missing ${difference.kind === 'missing_here' ? 'here' : 'in Django'}`
}

/** Applies the changes, or waits until a follower in another process has. */
async function drain(admin: Pick<Admin, 'db'>, caller: Caller, source: FollowedSource): Promise<void> {
  const deadline = Date.now() + drainMs
  for (;;) {
    const isDrained = await asOnlyFollower(admin, async (admin) => {
      while ((await applyChanges(admin, caller, source)) > 0);
      return true
    })
    if (isDrained || (await source.feed.read(1)).length === 0) return
    if (Date.now() > deadline)
      throw new SourceError('The feed is not drained: Django changes faster than it is followed.')
    await wait(pollMs)
  }
}
