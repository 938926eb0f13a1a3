import { type Auth, listEmailCollisions } from '@pockitflyer/auth'
import { found, type Finding, when } from './finding.ts'

/**
 * Finds users whose email folds to the same key as another user's. Returns no finding without them.
 */
export async function checkEmails(db: Auth['db']): Promise<Finding[]> {
  const collisions = await listEmailCollisions(db)
  const shutOut = collisions.filter(({ isReachable }) => !isReachable).length
  const fix = 'give each an email of its own: pnpm auth users collisions lists them'
  return [
    ...when(
      collisions.length > shutOut,
      found('remark', 'emails', [
        `users found by their exact spelling alone, since another has the email: ${collisions.length - shutOut}`,
        fix,
      ]),
    ),
    ...when(
      shutOut > 0,
      found('warning', 'emails', [`users who cannot log in, since another has their email: ${shutOut}`, fix]),
    ),
  ]
}
