import { expect, onTestFinished, test } from 'vitest'
import { holdSockets, type Sockets } from '../src/sockets.ts'
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
  const seconds = `${timeoutSeconds}s`
  const api = await startApi(url, { REQUEST_TIMEOUT: seconds, KEEP_ALIVE_TIMEOUT: seconds })
  const load = putLoad(() => api.url, accounts)
  await load.served(50)
  return { api, load }
}

/** Connections that are held until the test lets them end. */
async function hold(url: string, held: number, beginning?: string): Promise<Sockets> {
  const sockets = await holdSockets(url, held, beginning)
  onTestFinished(() => sockets.close())
  return sockets
}

/** Expects that the server ends connections when their time is over. */
async function expectEnd(sockets: Sockets[]): Promise<void> {
  const heldAt = performance.now()
  await Promise.all(sockets.map((some) => some.letEnd()))
  expect(performance.now() - heldAt).toBeLessThan(timeoutSeconds * 1000 + lateMs)
}

test('clients that send slowly are ended in time, blocking no other', async () => {
  const { api, load } = await openApi()
  const sockets = [
    await hold(api.url, slowCount, `${head}X-Slow: `),
    await hold(api.url, slowCount, `${head}Content-Length: 60000\r\n\r\n{`),
  ]
  const dripping = setInterval(() => sockets.forEach((some) => some.drip('x')), 200)
  onTestFinished(() => clearInterval(dripping))
  load.faultEnds()
  await load.recovered()
  expect(sockets.map((some) => some.openCount())).toEqual([slowCount, slowCount])
  await expectEnd(sockets)
  await load.served(100)
  const what = `${slowCount} clients send a byte of their header now and then (slowloris), ${slowCount} of their body`
  await record(what, await load.stop())
})

test('silent or vanished clients are ended in time, blocking no other', async () => {
  const { api, load } = await openApi()
  const idle = await hold(api.url, idleCount)
  const askers = await hold(api.url, vanishedCount, `${head}X-Half: `)
  const answered = await hold(api.url, vanishedCount, whole)
  load.faultEnds()
  await load.recovered()
  const sockets = [idle, askers, answered]
  expect(sockets.map((some) => some.openCount())).toEqual([idleCount, vanishedCount, vanishedCount])
  await expectEnd(sockets)
  await load.served(100)
  const vanished = `${2 * vanishedCount} whose client vanished within or after a request (half-open)`
  await record(`${idleCount} connections on which nothing comes, ${vanished}`, await load.stop())
})
