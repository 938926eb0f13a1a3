import { test } from 'vitest'
import { count, openDatabase, putLoad, record, startApi } from './harness.ts'

/** What a client sees of a server that is gone, before, while and after it sent its request. */
const gone = ['ECONNREFUSED', 'EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET']
const kills = count({ short: 1, long: 10 })

test('an API killed under load has lost no session', async () => {
  const { url, accounts } = await openDatabase()
  let api = await startApi(url)
  const load = putLoad(() => api.url, accounts)
  const { port } = new URL(api.url)
  for (let kill = 0; kill < kills; kill += 1) {
    await load.served(count({ short: 100, long: 1000 }))
    await api.kill()
    await load.failed(1)
    load.faultEnds()
    api = await startApi(url, { PORT: port })
    await load.recovered()
  }
  await record(`The API killed (SIGKILL) and started again, × ${kills}`, await load.stop(), {
    failures: gone,
  })
})
