import { setTimeout as sleep } from 'node:timers/promises'

/** How many checks of each kind of hash are remembered: enough that one slow moment does not decide. */
const remembered = 32

/** Most that a refusal is held to, in milliseconds: a process that stood still for an hour has seen a check of an hour. */
const longest = 2000

/**
 * Makes a refusal last as long whatever kind of hash the password was compared with, while hashes of several kinds are in use:
 * as long as the slowest of them lately took. Waiting costs no processor time and no place in the queue. While all hashes are of
 * one kind, or none of another was checked since the start, nothing waits.
 */
export interface Refusals {
  /** Learns what a check of a kind of hash takes now, in milliseconds. */
  learn(kind: string, ms: number): void
  /** Waits out what a check that took so many milliseconds lacks. */
  hold(ms: number): Promise<void>
}

/** Starts to learn. What it knows belongs to a process. */
export function createRefusals(): Refusals {
  const times = new Map<string, number[]>()
  return {
    learn(kind, ms) {
      times.set(kind, [...(times.get(kind) ?? []), ms].slice(-remembered))
    },
    async hold(ms) {
      if (times.size < 2) return
      const slowest = Math.max(...Array.from(times.values(), usuallyWithin))
      await waitUntil(performance.now() + Math.min(slowest, longest) - ms)
    },
  }
}

/** The time that nine of ten stay within, so that hardly any check of the slowest kind stands out. */
function usuallyWithin(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.9) - 1] ?? 0
}

/** A timer goes by whole milliseconds and may ring early. */
async function waitUntil(deadline: number): Promise<void> {
  for (let left = deadline - performance.now(); left > 0; left = deadline - performance.now()) {
    await sleep(left)
  }
}
