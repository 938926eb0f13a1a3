import type { Caller } from '@pockitflyer/auth'
import { type Admin, getExportState, getLeadership, handOverToDjango } from '@pockitflyer/auth/admin'
import { errorCode } from '@pockitflyer/postgres-pool'
import type { FollowedSource } from '../source/source.ts'
import { SourceError } from '../source-error.ts'
import { compareDrained } from '../status/compare-drained.ts'
import type { Comparison } from '../status/compare-source.ts'
import { drain } from '../status/drain.ts'
import { exportBatch } from './export-batch.ts'

/**
 * Makes Django the leader again: drains what changed here, compares every user on both sides, then
 * holds the writes here for a moment, drains again, and changes the leader. From then on writes
 * here are refused, and logins, refreshes and `me` go on. New users there draw ids above every id
 * that this service gave out. Returns the comparison. Look beforehand whether Django can read the
 * hashes and verify the tokens of this service: `checkDjango`.
 * @throws {SourceError} Django leads already; nothing is exported, or not everything; both sides
 *   differ; a long transaction writes here
 * @example
 * const { users } = await switchToDjango(admin, operator, source)
 */
export async function switchToDjango(
  admin: Pick<Admin, 'db'>,
  caller: Caller,
  source: FollowedSource,
): Promise<Comparison> {
  const { leader } = await getLeadership(admin)
  if (leader === 'django') throw new SourceError('Django leads already.')
  if ((await getExportState(admin, caller)) === null)
    throw new SourceError('Nothing is exported to this Django. Run first: pnpm auth django export --follow')
  await source.feed.install()
  const comparison = await compareDrained(admin, caller, {
    source,
    drain: () =>
      drain(admin, {
        findWaiting: async () => (await getExportState(admin, caller))?.waiting ?? null,
        apply: (admin) => exportBatch(admin, caller, source),
      }),
  })
  await handOver(admin, caller, source)
  return comparison
}

async function handOver(admin: Pick<Admin, 'db'>, caller: Caller, { writer }: FollowedSource): Promise<void> {
  try {
    await handOverToDjango(admin, caller, { write: writer.write, finish: writer.moveIdsPast })
  } catch (error) {
    if (errorCode(error) !== '55P03') throw error
    throw new SourceError('A long transaction writes accounts here: try again when it is over.', {
      cause: error,
    })
  }
}
