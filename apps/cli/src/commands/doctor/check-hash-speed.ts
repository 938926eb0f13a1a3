import { createPasswords } from '@pockitflyer/auth/admin'
import { found, type Finding, ok } from './finding.ts'
import type { ServiceSettings } from './read-service-settings.ts'

/** Milliseconds of a hash. Below, guessing is cheap; above, few users can log in at once. */
const target = { min: 10, max: 100 }

/** Number of timed hashes; the fastest counts, since other work slows the rest. */
const rounds = 3

/** Times a password hash with the settings of the service, on this machine. */
export async function checkHashSpeed({ passwords }: ServiceSettings): Promise<Finding[]> {
  const hasher = createPasswords({ ...passwords, concurrency: 1, queue: 1 })
  let fastestMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now()
    await hasher.hash('the password of the doctor')
    fastestMs = Math.min(fastestMs, performance.now() - startedAt)
  }
  return [judgeHashSpeed(fastestMs, passwords)]
}

/** Returns the finding for a hash that takes these milliseconds. */
export function judgeHashSpeed(
  ms: number,
  { memoryKib, timeCost }: { memoryKib: number; timeCost: number },
): Finding {
  const took = `a hash takes ${Math.round(ms)} ms`
  if (ms < target.min) {
    return found('warning', 'hash speed', [
      `${took}, less than ${target.min}: guessing is cheap`,
      `ARGON2_MEMORY_KIB=${memoryKib * 2}`,
    ])
  }
  if (ms <= target.max) return ok('hash speed', took)
  return found('warning', 'hash speed', [
    `${took}, more than ${target.max}: logins queue up`,
    cheaper({ memoryKib, timeCost }),
  ])
}

/** The settings never go below OWASP's minimum. */
function cheaper({ memoryKib, timeCost }: { memoryKib: number; timeCost: number }): string {
  if (timeCost > 2) return `ARGON2_TIME_COST=${timeCost - 1}`
  if (memoryKib > 19456) return `ARGON2_MEMORY_KIB=${Math.max(19456, Math.floor(memoryKib / 2))}`
  return 'give the server a faster processor: cheaper settings are not safe'
}
