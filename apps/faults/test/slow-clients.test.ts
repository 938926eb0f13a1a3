import { expect, onTestFinished, test } from 'vitest'
import { startLoad } from '../src/load.ts'
import { openSockets } from '../src/sockets.ts'
import { count, openDatabase, record, startApi } from './harness.ts'

const timeout = { REQUEST_TIMEOUT: `${count({ short: 3, long: 15 })}s` }
const slowCount = count({ short: 200, long: 1000 })
const idleCount = count({ short: 1000, long: 10_000 })

const head = 'POST /api/users/login/ HTTP/1.1\r\nHost: accounts\r\nContent-Type: application/json\r\n'

test.each([
  ['send a byte of their header now and then (slowloris)', `${head}X-Slow: `],
  ['send a byte of their body now and then', `${head}Content-Length: 60000\r\n\r\n{`],
])('clients that %s are ended in time, and hold nobody up', async (what, beginning) => {
  const { url, accounts } = await openDatabase()
  const api = await startApi(url, timeout)
  const load = startLoad(() => api.url, accounts)
  const sockets = await openSockets(api.url, slowCount, beginning)
  const dripping = setInterval(() => sockets.drip('x'), 200)
  onTestFinished(() => clearInterval(dripping))
  load.faultEnds()
  await Promise.all([sockets.ended(), load.recovered()])
  await load.served(100)
  const tally = await load.stop()
  await record(`${slowCount} clients ${what}`, tally)
  expect(tally.failed).toEqual({})
})

test('connections on which nothing comes, or whose client has vanished, hold nobody up and are ended in time', async () => {
  const { url, accounts } = await openDatabase()
  const api = await startApi(url, timeout)
  const load = startLoad(() => api.url, accounts)
  const sockets = await openSockets(api.url, idleCount)
  expect(sockets.openCount()).toBeGreaterThan(0)
  load.faultEnds()
  await load.recovered()
  await load.served(100)
  await sockets.ended()
  const tally = await load.stop()
  await record(`${idleCount} connections on which nothing comes (idle, or half-open)`, tally)
  expect(tally.failed).toEqual({})
})
