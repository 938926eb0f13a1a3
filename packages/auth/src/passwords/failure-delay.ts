import { setTimeout as sleep } from 'node:timers/promises'

/**
 * A password compared with a hash of some kind: when that began, the milliseconds that it took, and
 * whether no other ran beside it.
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
   * Learns from a check, right or wrong: from the first of its kind, and from those that ran alone.
   */
  learn(check: Check): void
  /** Waits until a check against a hash of today's parameters would have ended. */
  delayToCurrent(check: Check): Promise<void>
  /**
   * Waits until a check against a hash of the slowest kind would have ended, at most two seconds.
   */
  delayToSlowest(check: Check): Promise<void>
}

/** How many checks of a kind are remembered. */
const remembered = 32

const longestHold = 2000

/** Starts to learn. What it knows belongs to a process. */
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
 * The kind of a stored hash is what decides what a check costs: its algorithm and parameters, which
 * stand before salt and digest.
 */
export function kindOf(passwordHash: string): string {
  return passwordHash.split('$').slice(0, -2).join('$')
}

/** The time that three of four stay within: no moment when the process stood still decides it. */
function usuallyWithin(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.75) - 1] ?? 0
}

/**
 * A timer goes by whole milliseconds and may ring early. The time left is read once: read again, it
 * may be below 0 by then.
 */
async function waitUntil(deadline: number): Promise<void> {
  for (let left = deadline - performance.now(); left > 0; left = deadline - performance.now())
    await sleep(left)
}
