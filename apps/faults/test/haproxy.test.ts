import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startLoad } from '../src/load.ts'
import { findPort, hasProgram, startProgram } from '../src/programs.ts'
import { count, openDatabase, record, scratchFolder, startApi } from './harness.ts'

const hasHaproxy = hasProgram('haproxy')
if (!hasHaproxy) process.stdout.write('haproxy is not installed: its test is skipped\n')

const folder = await scratchFolder()

/** Starts HAProxy before servers that it asks twice a second whether they are ready. Returns its URL. */
async function startHaproxy(urls: string[]): Promise<string> {
  const port = await findPort()
  const servers = urls.map((url, index) => `  server api${index} ${new URL(url).host} check inter 500ms\n`)
  const settings = `defaults
  mode http
  timeout connect 2s
  timeout client 30s
  timeout server 30s
  option redispatch
  option httpchk GET /readyz
frontend accounts
  bind 127.0.0.1:${port}
  default_backend apis
backend apis
${servers.join('')}`
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, settings)
  const program = await startProgram('haproxy', ['-db', '-f', file])
  onTestFinished(() => program.stop())
  return `http://127.0.0.1:${port}`
}

test.skipIf(!hasHaproxy)(
  'of two servers behind HAProxy one is killed under load: no client is logged out',
  async () => {
    const { url, accounts } = await openDatabase()
    const [one, other] = [await startApi(url), await startApi(url)]
    const proxy = await startHaproxy([one.url, other.url])
    const ready = () =>
      fetch(`${proxy}/readyz`).then(
        ({ status }) => status,
        () => 0,
      )
    await expect.poll(ready, { timeout: 20_000 }).toBe(200)
    const load = startLoad(() => proxy, accounts)
    await load.served(count({ short: 200, long: 2000 }))
    await one.kill()
    load.faultEnds()
    await load.recovered()
    await load.served(count({ short: 100, long: 2000 }))
    await record('One of two APIs behind HAProxy killed (SIGKILL)', await load.stop())
  },
)
