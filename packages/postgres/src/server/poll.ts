import { setTimeout as delay } from 'node:timers/promises'

/** Polls until the answer is true, or returns false after the deadline. Asks at least once. */
export async function poll(
  isDone: () => Promise<boolean>,
  { timeoutMs, everyMs }: { timeoutMs: number; everyMs: number },
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    if (await isDone()) return true
    if (Date.now() >= deadline) return false
    await delay(everyMs)
  }
}
