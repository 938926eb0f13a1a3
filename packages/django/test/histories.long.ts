import { expect, test } from 'vitest'
import { openHistories } from './support/history.ts'

test('both sides are equal after a thousand histories with kills', { timeout: 3_600_000 }, async () => {
  const histories = await openHistories()
  try {
    for (let seed = 1; seed <= 1000; seed += 1) {
      const { differences, checksums } = await histories.run(seed)
      expect({ seed, differences }).toEqual({ seed, differences: [] })
      expect(checksums.here).toBe(checksums.there)
    }
  } finally {
    await histories.close()
  }
})
