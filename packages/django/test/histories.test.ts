import { expect, test } from 'vitest'
import { openHistories } from './support/history.ts'

test.each([
  ['triggers', false],
  ['comparisons', true],
])('both sides are equal after random changes and kills, by %s', async (_, poll) => {
  const histories = await openHistories({ poll })
  try {
    for (const seed of [1, 2, 3]) {
      const { differences, checksums } = await histories.run(seed)
      expect({ seed, differences }).toEqual({ seed, differences: [] })
      expect(checksums.here).toBe(checksums.there)
    }
  } finally {
    await histories.close()
  }
})
