import { join } from 'node:path'
import { startPostgres } from '@pockitflyer/postgres'
import { onTestFinished, test } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import { count, last, putLoad, record, scratchFolder, startApi } from './harness.ts'

const restarts = count({ short: 1, long: 5 })
const awaySeconds = count({ short: 1, long: 5 })
const folder = await scratchFolder()

test('PostgreSQL restarted under load costs no session', async () => {
  const start = () => startPostgres({ dataDir: join(folder, 'data'), database: 'accounts' })
  let postgres = await start()
  onTestFinished(() => postgres.stop())
  const api = await startApi(postgres.url)
  const load = putLoad(() => api.url, await addAccounts(postgres.url))
  for (let restart = 0; restart < restarts; restart += 1) {
    await load.served(count({ short: 100, long: 1000 }))
    await postgres.stop()
    await Promise.all([load.failed(1), last(awaySeconds)])
    postgres = await start()
    load.faultEnds()
    await load.recovered()
  }
  const tally = await load.stop()
  await record(`PostgreSQL stopped for ${awaySeconds} s and started again, × ${restarts}`, tally, {
    failures: ['503'],
  })
})
