/**
 * A checker of Stryker that lets every n-th mutant through: what the tests notice of a room with
 * thousands is known in minutes. Stryker lists the others as errors, which count neither way.
 */
interface Mutant {
  id: string
}

/** @throws {RangeError} where no mutant would be in the sample: Stryker stops and prints it */
function readSample(): { every: number; from: number } {
  // oxlint-disable-next-line node/no-process-env -- Stryker has no settings for checkers.
  const { MUTANTS_EVERY = '1', MUTANTS_FROM = '0' } = process.env
  const [every, from] = [Number(MUTANTS_EVERY), Number(MUTANTS_FROM)]
  if (Number.isInteger(every) && Number.isInteger(from) && from >= 0 && from < every) return { every, from }
  throw new RangeError(
    `MUTANTS_EVERY must be a whole number from 1 and MUTANTS_FROM one from 0 to MUTANTS_EVERY - 1, not ${JSON.stringify({ MUTANTS_EVERY, MUTANTS_FROM })}`,
  )
}

const passed = { status: 'passed' }
const leftOut = { status: 'compileError', reason: 'It is not in the sample.' }

const sample = {
  init: async () => void readSample(),
  group: async (mutants: Mutant[]) => [mutants.map(({ id }) => id)],
  async check(mutants: Mutant[]) {
    const { every, from } = readSample()
    return Object.fromEntries(mutants.map(({ id }) => [id, Number(id) % every === from ? passed : leftOut]))
  },
}

/** What Stryker reads of a plugin. */
export const strykerPlugins = [{ kind: 'Checker', name: 'sample', value: sample }]
