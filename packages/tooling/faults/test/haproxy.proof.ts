import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '@pockitflyer/server/testing'
import { hasProgram, startProgram } from '../src/programs.ts'
import { count, openDatabase, putLoad, record, scratchFolder, startApi } from './harness.ts'

const hasHaproxy = hasProgram('haproxy')
if (!hasHaproxy) process.stdout.write('haproxy is not installed: its tests are skipped\n')

const folder = await scratchFolder()
const rounds = count({ short: 1, long: 5 })

/**
 * Starts HAProxy before servers that it asks whether they are ready. It opens a connection for each
 * request, the hardest case for a server that stops: it loses a connection that it has not accepted
 * yet. At `/all-up` it says whether it takes all servers for ready.
 */
async function startHaproxy(urls: string[]): Promise<string> {
  const port = await findFreePort()
  const servers = urls.map((url, index) => `  server api${index} ${new URL(url).host}\n`)
  const settings = `defaults
  mode http
  timeout connect 5s
  timeout client 30s
  timeout server 30s
  timeout check 5s
  option redispatch
  option http-server-close
  http-reuse never
  option httpchk GET /readyz
frontend accounts
  bind 127.0.0.1:${port}
  monitor-uri /all-up
  monitor fail if { nbsrv(apis) lt ${urls.length} }
  default_backend apis
backend apis
  default-server check inter 250ms fall 2 rise 2
${servers.join('')}`
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, settings)
  const program = await startProgram('haproxy', ['-db', '-f', file])
  onTestFinished(() => program.stop())
  return `http://127.0.0.1:${port}`
}

/** Two APIs on one database behind HAProxy, under load. */
async function openPair(env: Record<string, string> = {}) {
  const { url, accounts } = await openDatabase()
  const apis = { one: await startApi(url, env), other: await startApi(url, env) }
  const proxy = await startHaproxy([apis.one.url, apis.other.url])
  const askProxy = () =>
    fetch(`${proxy}/all-up`).then(
      ({ status }) => status,
      () => 0,
    )
  const allUp = () => expect.poll(askProxy).toBe(200)
  await allUp()
  return {
    apis,
    allUp,
    load: putLoad(() => proxy, [...accounts, ...accounts, ...accounts]),
    startAgain: (api: { url: string }) => startApi(url, { ...env, PORT: new URL(api.url).port }),
  }
}

test.skipIf(!hasHaproxy)('one of two servers killed behind HAProxy logs no client out', async () => {
  const { apis, load } = await openPair()
  await load.served(count({ short: 200, long: 2000 }))
  await apis.one.kill()
  load.faultEnds()
  await load.recovered()
  await load.served(count({ short: 100, long: 2000 }))
  const tally = await load.stop()
  await record('One of two APIs behind HAProxy killed (SIGKILL)', tally, {
    failures: ['502', '503', 'UND_ERR_SOCKET'],
  })
})

test.skipIf(!hasHaproxy)('servers restarted in turn behind HAProxy lose no request', async () => {
  const { apis, allUp, load, startAgain } = await openPair({ SHUTDOWN_DELAY: '3s' })
  for (let round = 0; round < rounds; round += 1)
    for (const name of ['one', 'other'] as const) {
      await load.served(count({ short: 100, long: 500 }))
      expect(await apis[name].kill('SIGTERM')).toBe(0)
      load.faultEnds()
      apis[name] = await startAgain(apis[name])
      await allUp()
      await load.recovered()
    }
  await record(`Each of two APIs behind HAProxy stopped and started again, × ${rounds}`, await load.stop())
})
