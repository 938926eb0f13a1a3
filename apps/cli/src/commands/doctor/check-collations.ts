import type { ChangedCollation } from '@pockitflyer/auth/admin'
import { found, type Finding } from './finding.ts'

/**
 * Finds indexes that were built with a collation that has changed since. Returns no finding without
 * any.
 */
export function judgeCollations(changed: ChangedCollation[]): Finding[] {
  return changed.map(({ on, builtWith, now, mend }) =>
    found('error', 'collation', [
      `of ${on} changed from version ${builtWith} to ${now}: its indexes may miss rows and let duplicates in`,
      mend,
    ]),
  )
}
