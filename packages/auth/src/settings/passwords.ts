import { availableParallelism } from 'node:os'
import { z } from 'zod'
import { count } from '@pockitflyer/server/settings'

/** The default number of threads for Node's long-running work (`UV_THREADPOOL_SIZE`). */
const libuvThreads = 4

/**
 * Cores + 2: keeps every core busy while jobs are handed over and buffers are freed. On two cores,
 * 4 gives 1 % more logins than 3. Where WebCrypto signs or verifies tokens in the same threads, one
 * stays free for it: a flood of logins does not starve refresh.
 */
function defaultConcurrency(tokensTakeThreads: boolean): number {
  return Math.min(availableParallelism() + 2, tokensTakeThreads ? libuvThreads - 1 : libuvThreads)
}

/** The settings of passwords, as zod schemas by name. */
export const passwordSettingFields = {
  PASSWORD_MIN_LENGTH: count(8, 128).prefault('8'),
  ARGON2_MEMORY_KIB: count(19456, 4194304).prefault('19456'),
  ARGON2_TIME_COST: count(2, 100).prefault('2'),
  ARGON2_PARALLELISM: count(1, 64).prefault('1'),
  HASH_CONCURRENCY: count(1, 1024).optional(),
  HASH_QUEUE: count(0, 100000).prefault('64'),
}

const passwordObject = z.object(passwordSettingFields)

/**
 * Returns the password settings of validated settings. `tokensTakeThreads`: keys other than
 * SECRET_KEY sign or verify.
 */
export const toPasswordSettings = (
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

/** The rules for passwords, and how they are hashed. */
export type PasswordSettings = ReturnType<typeof toPasswordSettings>
