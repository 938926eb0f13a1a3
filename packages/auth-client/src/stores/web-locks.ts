import { createQueue } from './queue.ts'
import type { Section } from './text-store.ts'

/**
 * How long a tab waits for another, in milliseconds. A tab that the browser froze keeps its lock;
 * the others then go on beside it. Their three attempts at a refresh begin within 5 + 22.5 seconds,
 * inside the 30 in which the service answers the same refresh token again.
 */
const lockWaitMs = 5000

/**
 * Makes a section that one tab enters at a time, by Web Locks. Where there are none, they are
 * denied (a sandboxed frame) or another tab keeps one for too long, one caller of this page enters
 * at a time.
 */
export function createTabSection(name: string): Section {
  const enqueue = createQueue()
  return async (section) => {
    const running = await enterWithLock(name, section)
    return running === undefined ? enqueue(section) : running.result
  }
}

/** Runs a section while the lock is held. @returns undefined when it was not run */
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
    // Not granted; what the section itself throws is in its result.
  } finally {
    clearTimeout(timer)
  }
  return running
}
