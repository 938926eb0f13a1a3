import { expect, onTestFinished, test } from 'vitest'
import { openSockets } from '../src/sockets.ts'
import { count, openDatabase, putLoad, record, startApi } from './harness.ts'

const timeoutSeconds = count({ short: 5, long: 15 })
const slowCount = count({ short: 200, long: 1000 })
const idleCount = count({ short: 1000, long: 10_000 })
const vanishedCount = count({ short: 50, long: 500 })

/** How long after its limit a connection may live on a machine that is busy, in milliseconds. */
const lateMs = 20_000

const head = 'POST /api/users/login/ HTTP/1.1\r\nHost: accounts\r\nContent-Type: application/json\r\n'
const whole = 'GET /healthz HTTP/1.1\r\nHost: accounts\r\n\r\n'

/** An API under load that gives its clients a few seconds. */
async function openApi() {
  const { url, accounts } = await openDatabase()
  const api = await startApi(url, { REQUEST_TIMEOUT: `${timeoutSeconds}s` })
  const load = putLoad(() => api.url, accounts)
  await load.served(50)
  return { api, load }
}

/** Expects that the server ends connections when their time is over. */
async function expectEnd(sockets: { ended(): Promise<void> }[]): Promise<void> {
  const openedAt = performance.now()
  await Promise.all(sockets.map((some) => some.ended()))
  expect(performance.now() - openedAt).toBeLessThan(timeoutSeconds * 1000 + lateMs)
}

test('clients that send a byte of their header or body now and then are ended in time, and hold nobody up', async () => {
  const { api, load } = await openApi()
  const sockets = [
    await openSockets(api.url, slowCount, `${head}X-Slow: `),
    await openSockets(api.url, slowCount, `${head}Content-Length: 60000\r\n\r\n{`),
  ]
  const dripping = setInterval(() => sockets.forEach((some) => some.drip('x')), 200)
  onTestFinished(() => clearInterval(dripping))
  expect(sockets.map((some) => some.openCount())).toEqual([slowCount, slowCount])
  load.faultEnds()
  await load.recovered()
  for (const some of sockets) expect(some.openCount()).toBeGreaterThan(0)
  await expectEnd(sockets)
  await load.served(100)
  const what = `${slowCount} clients send a byte of their header now and then (slowloris), ${slowCount} of their body`
  await record(what, await load.stop())
})

test('connections on which nothing comes, or whose client has vanished, hold nobody up and are ended in time', async () => {
  const { api, load } = await openApi()
  const idle = await openSockets(api.url, idleCount)
  const askers = await openSockets(api.url, vanishedCount, `${head}X-Half: `)
  const answered = await openSockets(api.url, vanishedCount, whole)
  expect([idle.openCount(), askers.openCount()]).toEqual([idleCount, vanishedCount])
  load.faultEnds()
  await load.recovered()
  expect(idle.openCount()).toBeGreaterThan(0)
  await expectEnd([idle, askers, answered])
  await load.served(100)
  const vanished = `${2 * vanishedCount} whose client vanished within or after a request (half-open)`
  await record(`${idleCount} connections on which nothing comes, ${vanished}`, await load.stop())
})
