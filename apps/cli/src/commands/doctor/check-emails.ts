import type { EmailCollision } from '@pockitflyer/auth/admin'
import { found, type Finding, when } from './finding.ts'

/**
 * Finds users whose email folds to the same key as another user's. Returns no finding without them.
 */
export function judgeCollisions(collisions: EmailCollision[]): Finding[] {
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
