import { afterEach, expect, test, vi } from 'vitest'
import { strykerPlugins } from '../src/sample-mutants.ts'

afterEach(() => void vi.unstubAllEnvs())

const mutants = Array.from({ length: 20 }, (_, id) => ({ id: String(id) }))

/** The ids that Stryker tests, asked as it asks a checker. */
async function readSampledIds(env: Record<string, string>): Promise<string[]> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const ids: string[] = []
  for (const { value: checker } of strykerPlugins) {
    await checker.init()
    const results = await checker.check(mutants)
    ids.push(...Object.keys(results).filter((id) => results[id]?.status === 'passed'))
  }
  return ids
}

test('a sample is every n-th change from the one named', async () => {
  expect(await readSampledIds({ MUTANTS_EVERY: '8' })).toEqual(['0', '8', '16'])
  expect(await readSampledIds({ MUTANTS_EVERY: '8', MUTANTS_FROM: '7' })).toEqual(['7', '15'])
})

test('without settings every change is tested', async () => {
  expect(await readSampledIds({})).toHaveLength(mutants.length)
})

test.each([
  ['8', '8'],
  ['8', '9'],
  ['1', '3'],
  ['8', '-1'],
  ['8', '1.5'],
  ['0', '0'],
  ['eight', '0'],
  ['', ''],
])('a sample that would hold no change is refused: %j from %j', async (every, from) => {
  await expect(readSampledIds({ MUTANTS_EVERY: every, MUTANTS_FROM: from })).rejects.toThrow(
    'MUTANTS_EVERY must be a whole number from 1 and MUTANTS_FROM one from 0 to MUTANTS_EVERY - 1',
  )
})
