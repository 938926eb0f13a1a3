import { expect, test } from 'vitest'
import { openHistories } from './support/history.ts'

test.each([
  ['triggers', false],
  ['comparisons', true],
])(
  'both sides are equal after a thousand histories with kills, by %s',
  { timeout: 3_600_000 },
  async (_, poll) => {
    const histories = await openHistories({ poll })
    try {
      for (let seed = 1; seed <= 1000; seed += 1) {
        const { differences, checksums } = await histories.run(seed)
        expect({ seed, differences }).toEqual({ seed, differences: [] })
        expect(checksums.here).toBe(checksums.there)
      }
    } finally {
      await histories.close()
    }
  },
)
