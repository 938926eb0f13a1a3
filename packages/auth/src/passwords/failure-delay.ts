import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A comparison of a password with a hash of some kind: its start, its milliseconds, and whether it
 * ran alone.
 */
export interface Check {
  kind: string
  since: number
  ms: number
  ranAlone: boolean
}

/**
 * Delays a failed check until the slowest kind of hash in use would have finished, scaled by the
 * current load, so that timing does not reveal which kind, or whether an account, was involved. It
 * waits rather than computes: Django's PBKDF2 is too slow to compute for every unknown email. With
 * one kind in use, nothing waits.
 */
export interface FailureDelay {
  /**
   * Learns the time of a check, right or wrong: of the first of its kind, and of those that ran
   * alone.
   */
  learn(check: Check): void
  /** Waits until a check against a hash of today's parameters would have ended. */
  delayToCurrent(check: Check): Promise<void>
  /**
   * Waits until a check against a hash of the slowest kind would have ended, at most two seconds.
   */
  delayToSlowest(check: Check): Promise<void>
}

/** Number of remembered checks of a kind. */
const remembered = 32

const longestHold = 2000

/** Creates the delay of a process without any measurement. */
export function createFailureDelay(currentKind: string): FailureDelay {
  const times = new Map<string, number[]>()
  const usual = (kind: string) => usuallyWithin(times.get(kind) ?? [])
  const holdTo = async (usualMs: number, { kind, since, ms }: Check) => {
    const likely = usualMs * Math.max(1, ms / usual(kind))
    await waitUntil(since + Math.min(likely, ms + longestHold))
  }
  return {
    learn({ kind, ms, ranAlone }) {
      const known = times.get(kind) ?? []
      if (ranAlone || known.length === 0) times.set(kind, [...known, ms].slice(-remembered))
    },
    async delayToCurrent(check) {
      if (check.kind !== currentKind) await holdTo(usual(currentKind), check)
    },
    async delayToSlowest(check) {
      if (times.size > 1) await holdTo(Math.max(...Array.from(times.keys(), usual)), check)
    },
  }
}

/**
 * Returns the part of a stored hash that determines its cost: algorithm and parameters, without
 * salt and digest. bcrypt has both in one field; scrypt has its salt among the parameters, and the
 * empty field stays.
 * @example kindOf('scrypt$16384$salt$8$1$digest') // 'scrypt$16384$$8$1'
 */
export function kindOf(passwordHash: string): string {
  const fields = passwordHash.split('$')
  const [family = ''] = fields
  switch (family) {
    case 'bcrypt':
    case 'bcrypt_sha256':
      return fields.slice(0, -1).join('$')
    case 'scrypt':
      return fields
        .slice(0, -1)
        .map((field, index) => (index === 2 ? '' : field))
        .join('$')
    default:
      return fields.slice(0, -2).join('$')
  }
}

/**
 * Returns the time that three of four checks stay within: a moment when the process stood still
 * does not count.
 */
function usuallyWithin(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.75) - 1] ?? 0
}

/**
 * Waits for a deadline. A timer has whole milliseconds and may fire early. It reads the remaining
 * time once: a second reading may be below 0.
 */
async function waitUntil(deadline: number): Promise<void> {
  for (let left = deadline - performance.now(); left > 0; left = deadline - performance.now())
    await sleep(left)
}
