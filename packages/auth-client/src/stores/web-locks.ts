import { createQueue } from './queue.ts'
import type { Section } from './text-store.ts'

/**
 * Longest wait for another tab, in milliseconds. A tab that the browser froze keeps its lock; the
 * others then go on without it. Their three attempts at a refresh begin within 5 + 22.5 seconds,
 * inside the 30 in which the service repeats its answer.
 */
const lockWaitMs = 5000

/**
 * Creates a section that one tab enters at a time, by Web Locks. Without them (absent, denied in a
 * sandboxed frame, or held for too long) one caller of this page enters at a time.
 */
export function createTabSection(name: string): Section {
  const enqueue = createQueue()
  return async (section) => {
    const running = await enterWithLock(name, section)
    return running === undefined ? enqueue(section) : running.result
  }
}

/**
 * Runs a section while it holds the lock.
 * @returns undefined when the section did not run
 */
async function enterWithLock<Result>(
  name: string,
  section: () => Promise<Result>,
): Promise<{ result: Promise<Result> } | undefined> {
  const locks = globalThis.navigator?.locks
  if (locks === undefined) return undefined
  const giveUp = new AbortController()
  const timer = setTimeout(() => giveUp.abort(), lockWaitMs)
  let running: { result: Promise<Result> } | undefined
  try {
    await locks.request(name, { signal: giveUp.signal }, async () => {
      running = { result: section() }
      await running.result
    })
  } catch {
    // The lock was not granted. The section's own errors are in its result.
  } finally {
    clearTimeout(timer)
  }
  return running
}
