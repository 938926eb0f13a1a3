/** Something to measure, by name. */
export type Steps<Name extends string, Result> = Record<Name, () => Promise<Result>>

/**
 * Takes every step in turn, so many times, every second time backwards: what else the machine does, and what it becomes slower by,
 * falls on all of them alike.
 */
export async function runRounds<Name extends string, Result>(
  steps: Steps<Name, Result>,
  rounds: number,
  say: (text: string) => void,
): Promise<Record<Name, Result[]>> {
  const names = Object.keys(steps) as Name[]
  const results = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, Result[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      say(`round ${round + 1} of ${rounds}: ${name}`)
      results[name].push(await steps[name]())
    }
  }
  return results
}
