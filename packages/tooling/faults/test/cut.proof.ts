import { startWire } from '@pockitflyer/postgres/testing'
import { expect, onTestFinished, test } from 'vitest'
import { count, openDatabase, putLoad, record, startApi } from './harness.ts'

const cuts = count({ short: 2, long: 20 })

async function openWire() {
  const { url, accounts } = await openDatabase()
  const wire = await startWire(url)
  onTestFinished(() => wire.stop())
  return { wire, accounts }
}

test('all PostgreSQL connections cut under load cost no session', async () => {
  const { wire, accounts } = await openWire()
  const api = await startApi(wire.url)
  const load = putLoad(() => api.url, accounts)
  for (let cut = 0; cut < cuts; cut += 1) {
    await load.served(count({ short: 50, long: 500 }))
    wire.cut()
    load.faultEnds()
    await load.recovered()
  }
  const tally = await load.stop()
  await record(`Every connection to PostgreSQL cut, × ${cuts}`, tally, { failures: ['503'] })
  const clientCount = accounts.length + 1
  expect(tally.failed['503'] ?? 0).toBeLessThanOrEqual(cuts * clientCount)
})

test('silent PostgreSQL connections under load are replaced', async () => {
  const { wire, accounts } = await openWire()
  const api = await startApi(wire.url)
  const load = putLoad(() => api.url, accounts)
  await load.served(100)
  wire.silence()
  load.faultEnds()
  await load.recovered()
  await load.served(100)
  await record('Every connection to PostgreSQL falls silent', await load.stop(), { failures: ['503'] })
})
