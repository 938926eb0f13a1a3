import { percentile } from '../statistics.ts'

/** The rate of a limit: operations a second, and milliseconds each. */
export interface Limit {
  rate: number
  p50: number
  p99: number
}

/** Repeats work for some seconds in concurrent workers, each with its own work. */
export async function loop(
  { seconds, workers }: { seconds: number; workers: number },
  createWork: (worker: number) => () => Promise<unknown>,
): Promise<Limit> {
  const times: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1000
  async function repeat(work: () => Promise<unknown>): Promise<void> {
    while (performance.now() < end) {
      const start = performance.now()
      await work()
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, worker) => repeat(createWork(worker))))
  const elapsed = (performance.now() - begin) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  return { rate: times.length / elapsed, p50: percentile(sorted, 50), p99: percentile(sorted, 99) }
}
