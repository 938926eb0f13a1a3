import { expect, test } from 'vitest'
import { openHistories } from './support/history.ts'

test('both sides are equal after random changes and kills', async () => {
  const histories = await openHistories()
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
