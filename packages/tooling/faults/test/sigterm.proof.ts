import { expect, test } from 'vitest'
import { count, openDatabase, putLoad, record, startApi } from './harness.ts'

const stops = count({ short: 1, long: 20 })

test('SIGTERM under load answers every request on open connections', async () => {
  const { url, accounts } = await openDatabase()
  let api = await startApi(url)
  const load = putLoad(() => api.url, accounts)
  const { port } = new URL(api.url)
  for (let stop = 0; stop < stops; stop += 1) {
    await load.served(count({ short: 100, long: 500 }))
    expect(await api.kill('SIGTERM')).toBe(0)
    await load.failed(1)
    load.faultEnds()
    api = await startApi(url, { PORT: port })
    await load.recovered()
  }
  const tally = await load.stop()
  await record(`The API stopped (SIGTERM) and started again, × ${stops}`, tally, {
    failures: ['ECONNREFUSED'],
  })
})
