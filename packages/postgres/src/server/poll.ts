import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until the answer is yes (true) or the time is over (false). Asks at least
 * once.
 */
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
