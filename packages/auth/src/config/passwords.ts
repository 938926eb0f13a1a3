import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { count } from '@pockitflyer/server/settings'

/** The threads in which Node does what takes long, unless `UV_THREADPOOL_SIZE` says otherwise. */
const libuvThreads = 4

/**
 * Two more than there are cores, so that none waits while one hash is handed over and another gives
 * its memory back: on two cores four bring 1 % more logins than three. Where WebCrypto signs or
 * verifies tokens, which it does in the same threads, one stays free for it: a flood of logins does
 * not starve refresh.
 */
function defaultConcurrency(tokensTakeThreads: boolean): number {
  return Math.min(availableParallelism() + 2, tokensTakeThreads ? libuvThreads - 1 : libuvThreads)
}

/** The variables of passwords. */
export const passwordVariables = {
  PASSWORD_MIN_LENGTH: count(8, 128).prefault('8'),
  ARGON2_MEMORY_KIB: count(19456, 4194304).prefault('19456'),
  ARGON2_TIME_COST: count(2, 100).prefault('2'),
  ARGON2_PARALLELISM: count(1, 64).prefault('1'),
  HASH_CONCURRENCY: count(1, 1024).optional(),
  HASH_QUEUE: count(0, 100000).prefault('64'),
}

const passwordObject = z.object(passwordVariables)

/**
 * The settings that the variables of passwords stand for. `tokensTakeThreads` when keys other than
 * SECRET_KEY sign or verify.
 */
export const toPasswordConfig = (
  settings: z.output<typeof passwordObject>,
  { tokensTakeThreads }: { tokensTakeThreads: boolean },
) => ({
  minLength: settings.PASSWORD_MIN_LENGTH,
  memoryKib: settings.ARGON2_MEMORY_KIB,
  timeCost: settings.ARGON2_TIME_COST,
  parallelism: settings.ARGON2_PARALLELISM,
  concurrency: settings.HASH_CONCURRENCY ?? defaultConcurrency(tokensTakeThreads),
  queue: settings.HASH_QUEUE,
})

/** The settings of passwords: how short one may be, and how they are hashed. */
export type PasswordConfig = ReturnType<typeof toPasswordConfig>
