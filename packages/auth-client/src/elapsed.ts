/**
 * Starts to measure; the function that it returns says how many milliseconds have passed. Two
 * clocks are read and the one that says more counts: the monotonic one goes on when the time of day
 * is set back, and the time of day goes on while a machine sleeps.
 */
export function startElapsed(now: () => Date): () => number {
  const start = { date: now().getTime(), monotonic: performance.now() }
  return () => Math.max(now().getTime() - start.date, performance.now() - start.monotonic)
}
