import autocannon from 'autocannon'
import { percentile } from '../statistics.ts'
import type { Load, LoadResult } from './load.ts'
import { createRequests } from './requests.ts'

/**
 * The process of a load generator: receives a load, sends its result, and exits with its parent.
 */
process.on('message', async (load: Load) => process.send?.(await run(load)))

async function run(load: Load): Promise<LoadResult> {
  const times: number[] = []
  let failures = 0
  let connection = 0
  const begin = performance.now()
  const { errors, timeouts } = await autocannon({
    url: load.url,
    connections: load.connections,
    duration: load.seconds,
    ...(load.rate === undefined ? {} : { overallRate: load.rate }),
    setupClient(client) {
      client.setRequests(createRequests(load, connection++))
      // autocannon's own histogram counts whole milliseconds.
      client.on('response', (status, _bytes, milliseconds) => {
        times.push(milliseconds)
        if (status >= 300) failures += 1
      })
    },
  })
  const seconds = (performance.now() - begin) / 1000
  const sorted = times.toSorted((a, b) => a - b)
  return {
    requests: times.length,
    seconds,
    p50: percentile(sorted, 50),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
    failures: failures + errors + timeouts,
  }
}
