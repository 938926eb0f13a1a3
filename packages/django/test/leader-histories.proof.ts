import { expect, test } from 'vitest'
import { openLeaderHistories } from './support/leader-history.ts'

test('both sides are equal though the leader changes and commands are killed', async () => {
  const histories = await openLeaderHistories()
  try {
    for (let seed = 1; seed <= 20; seed += 1) {
      const { differences, checksums } = await histories.run(seed)
      expect({ seed, differences }).toEqual({ seed, differences: [] })
      expect(checksums.here).toBe(checksums.there)
    }
    const { switches, kills } = histories.happened
    expect(Math.min(switches, kills)).toBeGreaterThan(0)
  } finally {
    await histories.close()
  }
})
