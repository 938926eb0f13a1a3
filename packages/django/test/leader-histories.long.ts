import { expect, test } from 'vitest'
import { openLeaderHistories } from './support/leader-history.ts'

const count = Number(process.env['HISTORIES'] ?? 1000)

/** The seed of the first one: two processes share the work. */
const first = Number(process.env['FIRST_HISTORY'] ?? 1)

test('both sides are equal after a thousand changes of leader with kills', {
  timeout: 14_400_000,
}, async () => {
  const histories = await openLeaderHistories()
  try {
    for (let seed = first; seed < first + count; seed += 1) {
      const { differences, checksums } = await histories.run(seed)
      expect({ seed, differences }).toEqual({ seed, differences: [] })
      expect(checksums.here).toBe(checksums.there)
    }
  } finally {
    process.stdout.write(`${JSON.stringify(histories.happened)}\n`)
    await histories.close()
  }
})
