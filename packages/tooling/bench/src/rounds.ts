/** Measurements by name. */
export type Steps<Name extends string, Result> = Record<Name, () => Promise<Result>>

/**
 * Runs every step in turn for some rounds, every second round backwards, so that other work on the
 * machine affects all steps alike.
 */
export async function runRounds<Name extends string, Result>(
  steps: Steps<Name, Result>,
  rounds: number,
  say: (text: string) => void,
): Promise<Record<Name, Result[]>> {
  const entries = Object.entries<() => Promise<Result>>(steps)
  const results = new Map(entries.map(([name]): [string, Result[]] => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, step] of round % 2 === 0 ? entries : entries.toReversed()) {
      say(`round ${round + 1} of ${rounds}: ${name}`)
      results.get(name)?.push(await step())
    }
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its names are the steps'
  return Object.fromEntries(results) as Record<Name, Result[]>
}
