/**
 * A checker of Stryker that lets every n-th mutant through: what the tests notice of a room with
 * thousands is known in minutes. Stryker lists the others as errors, which count neither way.
 */
// oxlint-disable-next-line node/no-process-env -- Stryker has no settings for checkers.
const { MUTANTS_EVERY = '1', MUTANTS_FROM = '0' } = process.env

interface Mutant {
  id: string
}

const isInSample = ({ id }: Mutant) => Number(id) % Number(MUTANTS_EVERY) === Number(MUTANTS_FROM)

const passed = { status: 'passed' }
const leftOut = { status: 'compileError', reason: 'It is not in the sample.' }

const sample = {
  async init() {},
  group: async (mutants: Mutant[]) => [mutants.map(({ id }) => id)],
  check: async (mutants: Mutant[]) =>
    Object.fromEntries(mutants.map((mutant) => [mutant.id, isInSample(mutant) ? passed : leftOut])),
}

/** What Stryker reads of a plugin. */
export const strykerPlugins = [{ kind: 'Checker', name: 'sample', value: sample }]
