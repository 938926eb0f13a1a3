import { isAffordable } from '../passwords/costs.ts'
import { findDjangoCheck, findDjangoFamily } from '../passwords/django.ts'

/** What a stored hash is worth at a login. */
export interface HashState {
  /**
   * One of Django's seven hashers, or of those that Django took out; `argon2` also for a PHC
   * string. `unusable` for an account without a password, `other` for anything else.
   */
  family: string
  /**
   * `readable`: the right password logs in. `unusable`: Django's mark for an account without a
   * password. `too_costly`: a check would cost more than `isAffordable` allows. `unreadable`: of
   * another hasher, or damaged. No password fits the last three.
   */
  state: 'readable' | 'too_costly' | 'unreadable' | 'unusable'
}

/** Hashes without a salt, as Django wrote them before 1.4 and read them until 5.0. */
const unsalted: readonly (readonly [RegExp, string])[] = [
  [/^(?:md5\$\$)?[0-9a-f]{32}$/, 'unsalted_md5'],
  [/^sha1\$\$[0-9a-f]{40}$/, 'unsalted_sha1'],
]

/** Hashers of Django that no version since 5.1 has. */
const formerFamilies = new Set(['sha1', 'unsalted_sha1', 'unsalted_md5', 'crypt'])

/**
 * Returns what a stored hash is worth. It computes nothing.
 * @example
 * findHashState('md5$salt$5f4dcc3b5aa765d61d8327deb882cf99', settings.passwords)
 * // { family: 'md5', state: 'readable' }
 */
export function findHashState(passwordHash: string, settings: Parameters<typeof isAffordable>[1]): HashState {
  if (passwordHash.startsWith('!')) return { family: 'unusable', state: 'unusable' }
  const withoutSalt = unsalted.find(([form]) => form.test(passwordHash))
  if (withoutSalt !== undefined) return { family: withoutSalt[1], state: 'unreadable' }
  const djangos = passwordHash.startsWith('$argon2') ? `argon2${passwordHash}` : passwordHash
  const family = findDjangoFamily(djangos) ?? findFormerFamily(passwordHash)
  if (findDjangoCheck(djangos) === undefined) return { family, state: 'unreadable' }
  return { family, state: isAffordable(djangos, settings) ? 'readable' : 'too_costly' }
}

function findFormerFamily(passwordHash: string): string {
  const [name = ''] = passwordHash.split('$', 1)
  return formerFamilies.has(name) ? name : 'other'
}
