import type { Call } from '../load/load.ts'
import { type Bench, type Measurement, measure, type Target } from '../measure.ts'
import { runRounds, type Steps } from '../rounds.ts'

/** A call at one size of something, round by round. */
export interface GrowthPoint {
  size: number
  call: Call
  measurements: Measurement[]
}

/** One size, and the API at that size. */
export interface Size {
  size: number
  target: Target
  connections: number
}

/** Measures calls at several sizes in turns. */
export async function measureGrowth(
  bench: Bench,
  { sizes, calls }: { sizes: Size[]; calls: Call[] },
  { seconds, rounds, say }: { seconds: number; rounds: number; say: (text: string) => void },
): Promise<GrowthPoint[]> {
  const points = sizes.flatMap((size) => calls.map((call) => ({ ...size, call })))
  const steps: Steps<string, Measurement> = Object.fromEntries(
    points.map(({ size, call, target, connections }) => [
      `${call} at ${size}`,
      () => measure(bench, target, { call, seconds, connections }),
    ]),
  )
  const results = await runRounds(steps, rounds, say)
  return points.map(({ size, call }) => ({ size, call, measurements: results[`${call} at ${size}`] ?? [] }))
}
