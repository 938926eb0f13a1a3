import { verify } from '@node-rs/argon2'
import pLimit from 'p-limit'
import type { PasswordSettings } from '../settings/passwords.ts'
import { AuthError } from '../errors.ts'
import { type Observer, silentObserver } from '../observer.ts'
import { hashArgon2id, isOutdated, dummyHash } from './argon2.ts'
import { isAffordable } from './costs.ts'
import { findDjangoCheck } from './django.ts'
import { findPasswordProblems } from './password-rules.ts'
import { createFailureDelay, kindOf } from './failure-delay.ts'
import { spellingsOf } from './spellings.ts'

/**
 * Hashes and checks passwords, as many at once as `HASH_CONCURRENCY` says; `HASH_QUEUE` more may
 * wait.
 */
export interface Passwords {
  /**
   * Hashes a password with argon2id into a PHC string.
   * @throws {AuthError} overloaded
   */
  hash(password: string): Promise<string>
  /**
   * Checks a password, in each of its spellings, against a stored hash; each is a check of its own.
   * Without a hash, or with one that no password fits, it does the same work and answers `false`,
   * so that a stranger cannot tell the cases apart (OWASP Authentication, "Authentication
   * Responses"). While hashes of older parameters or of Django's are in use, `false` comes when the
   * slowest kind would have answered it.
   * @throws {AuthError} overloaded
   */
  verify(passwordHash: string | undefined, password: string): Promise<boolean>
  /** Returns the problems of a new password; none if it may be used. */
  findProblems(password: string): Promise<string[]>
  /**
   * Returns whether a hash is weaker than the settings ask for, or of another kind, so that it
   * should be replaced.
   */
  isOutdated(passwordHash: string): boolean
  /** Returns how busy the hasher is now. */
  load(): Load
}

/** The running hashes and checks, and those that wait. */
export interface Load {
  running: number
  waiting: number
}

/**
 * Creates the password hasher with its queue: a process has one.
 * @example
 * const passwords = createPasswords(settings.passwords)
 * const hash = await passwords.hash('seven ferries at noon')
 * await passwords.verify(hash, 'seven ferries at noon') // true
 */
export function createPasswords(
  settings: PasswordSettings,
  observer: Pick<Observer, 'dequeued'> = silentObserver,
): Passwords {
  const limit = pLimit(settings.concurrency)
  const dummy = dummyHash(settings)
  const failureDelay = createFailureDelay(kindOf(dummy))
  let begun = 0

  function assertRoom(): void {
    if (limit.activeCount >= settings.concurrency && limit.pendingCount >= settings.queue) {
      throw new AuthError('overloaded', { retryAfterSeconds: 1 })
    }
  }

  async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const queuedAt = performance.now()
    return limit(() => {
      begun += 1
      observer.dequeued((performance.now() - queuedAt) / 1000)
      return work()
    })
  }

  async function timedCheck(passwordHash: string, password: string) {
    const [isFirst, before, since] = [limit.activeCount === 1, begun, performance.now()]
    const compared = isAffordable(passwordHash, settings) ? passwordHash : dummy
    const { isRight, comparedWith } = await check(compared, password, dummy)
    const ms = performance.now() - since
    return { isRight, kind: kindOf(comparedWith), since, ms, ranAlone: isFirst && begun === before }
  }

  async function verifySpelling(passwordHash: string, spelling: string): Promise<boolean> {
    const checked = await inTurn(async () => {
      const checked = await timedCheck(passwordHash, spelling)
      failureDelay.learn(checked)
      if (!checked.isRight) await failureDelay.delayToCurrent(checked)
      return checked
    })
    if (!checked.isRight) await failureDelay.delayToSlowest(checked)
    return checked.isRight
  }

  return {
    async hash(password) {
      assertRoom()
      return inTurn(() => hashArgon2id(password, settings))
    },
    async verify(passwordHash = dummy, password) {
      assertRoom()
      // A started check runs to its end: otherwise a flood of requests could reveal a spelling and
      // have the guess refunded.
      for (const spelling of spellingsOf(password)) {
        if (await verifySpelling(passwordHash, spelling)) return true
      }
      return false
    },
    findProblems: (password) => findPasswordProblems(password, settings),
    isOutdated: (passwordHash) => isOutdated(passwordHash, settings),
    load: () => ({ running: limit.activeCount, waiting: limit.pendingCount }),
  }
}

/** Checks a password against a stored hash; no password fits an unreadable one. */
async function check(passwordHash: string, password: string, dummy: string) {
  const storedCheck = passwordHash.startsWith('$argon2')
    ? (attempt: string) => verify(passwordHash, attempt)
    : findDjangoCheck(passwordHash)
  try {
    if (storedCheck) return { isRight: await storedCheck(password), comparedWith: passwordHash }
  } catch {
    // The hash is unreadable.
  }
  return { isRight: await verify(dummy, password), comparedWith: dummy }
}
