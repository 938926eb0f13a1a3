import { type Admin, type HashKind, isAffordable, listHashKinds } from '@pockitflyer/auth/admin'
import { operator } from '../../cli.ts'
import { found, type Finding, ok } from './finding.ts'
import type { ServiceSettings } from './read-service-settings.ts'

/** Finds accounts whose stored hash exceeds the cost limit of a check: no password fits them. */
export async function checkStoredHashes(
  admin: Admin,
  passwords: ServiceSettings['passwords'],
): Promise<Finding[]> {
  return [judgeHashKinds(await listHashKinds(admin, operator), passwords)]
}

/** Returns the findings for the stored kinds of hashes. */
export function judgeHashKinds(kinds: HashKind[], passwords: ServiceSettings['passwords']): Finding {
  const costly = kinds.filter(({ kind }) => !isAffordable(kind, passwords))
  if (costly.length === 0) return ok('stored hashes', 'can all be checked')
  const list = costly.map(({ kind, accounts }) => `${kind} (${accounts})`).join(', ')
  return found('warning', 'stored hashes', [
    `cost too much to check, so that no password fits: ${list}`,
    'pnpm auth users set-password EMAIL, for each of these accounts',
  ])
}
