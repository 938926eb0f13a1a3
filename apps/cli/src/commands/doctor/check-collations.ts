import type { ChangedCollation } from '@pockitflyer/auth/admin'
import { found, type Finding } from './finding.ts'

/**
 * Looks for indexes that were built by an order of text that is no longer the server's. There is no
 * finding when all is well.
 */
export function judgeCollations(changed: ChangedCollation[]): Finding[] {
  return changed.map(({ on, builtWith, now, mend }) =>
    found('error', 'collation', [
      `of ${on} changed from version ${builtWith} to ${now}: its indexes may miss rows and let duplicates in`,
      mend,
    ]),
  )
}
