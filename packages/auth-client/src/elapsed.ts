/**
 * Starts a stopwatch; the returned function gives the elapsed milliseconds. It reads two clocks and
 * takes the larger value: the monotonic clock survives a time of day that is set back, and the time
 * of day runs while a machine sleeps.
 */
export function startElapsed(now: () => Date): () => number {
  const start = { date: now().getTime(), monotonic: performance.now() }
  return () => Math.max(now().getTime() - start.date, performance.now() - start.monotonic)
}
