import type { Caller } from '@pockitflyer/auth'
import type { Admin } from '@pockitflyer/auth/admin'
import type { FollowedSource } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { compareSource, compareUsers, type Comparison, maxDifferences } from './compare-source.ts'
import type { Difference } from './differences.ts'

/** How often users who differ are compared once more, while one side goes on to change. */
const tries = 5

/**
 * Compares both sides once what waits was brought over. A user who changes meanwhile may differ for
 * a moment: then that user alone is compared again. Returns the comparison, without differences;
 * its checksums differ if there were some.
 * @throws {SourceError} both sides differ: with the first differences
 */
export async function compareDrained(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  { source, drain }: { source: FollowedSource; drain: () => Promise<void> },
): Promise<Comparison> {
  await drain()
  const comparison = await compareSource(admin, caller, source)
  let { differences } = comparison
  for (let left = tries; differences.length > 0; left -= 1) {
    if (left === 0 || differences.length >= maxDifferences) throw new SourceError(describe(differences))
    await drain()
    const ids = [...new Set(differences.map(({ id }) => id))]
    differences = await compareUsers(admin, caller, { source, ids })
  }
  return { ...comparison, differences }
}

function describe(differences: readonly Difference[]): string {
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
