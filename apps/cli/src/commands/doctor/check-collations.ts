import { type Auth, listChangedCollations } from '@pockitflyer/auth'
import { found, type Finding } from './finding.ts'

/**
 * Looks for indexes that were built by an order of text that is no longer the server's. There is no
 * finding when all is well.
 */
export async function checkCollations(db: Auth['db']): Promise<Finding[]> {
  const changed = await listChangedCollations(db)
  return changed.map(({ on, builtWith, now, mend }) =>
    found('error', 'collation', [
      `of ${on} changed from version ${builtWith} to ${now}: its indexes may miss rows and let duplicates in`,
      mend,
    ]),
  )
}
