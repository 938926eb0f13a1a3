import { expect, test } from 'vitest'
import { measureWeb } from '../src/web/measure.ts'
import { renderWebRates, renderWebTargets } from '../src/web/report.ts'

test('a run measures every page beside an empty one, without failures', async () => {
  const results = await measureWeb({ seconds: 1, rounds: 1, memorySeconds: 1 }, () => {})
  for (const [name, [measured]] of Object.entries(results.steps)) {
    const { rate = 0, firstByteP99 = 0, cpuMs = 0, failures } = measured ?? {}
    const isMeasured = rate > 0 && firstByteP99 > 0 && cpuMs > 0
    expect({ name, isMeasured, failures }).toEqual({ name, isMeasured: true, failures: 0 })
  }
  expect(results.residentMb.web).toBeGreaterThan(50)
  expect(results.residentMb.empty).toBeGreaterThan(50)
  expect(renderWebTargets(results)).toContain('| memory, of the empty page')
  expect(renderWebRates(results)).toContain('| /login')
})
