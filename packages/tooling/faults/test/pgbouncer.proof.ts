import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findDatabase } from '../src/doctor.ts'
import { findFreePort } from '@pockitflyer/server/testing'
import { hasProgram, startProgram } from '../src/programs.ts'
import { count, openDatabase, putLoad, record, scratchFolder, startApi } from './harness.ts'

const hasPgbouncer = hasProgram('pgbouncer')
if (!hasPgbouncer) process.stdout.write('pgbouncer is not installed: its test is skipped\n')

const folder = await scratchFolder()

/**
 * Starts PgBouncer in transaction mode with fewer connections than the API has. It refuses start-up
 * parameters, as it does by default.
 */
async function startPgbouncer(databaseUrl: string) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const listen = await findFreePort()
  await writeFile(join(folder, 'users.txt'), `"${username}" "${decodeURIComponent(password)}"\n`)
  const settings = `[databases]
* = host=${hostname} port=${port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${listen}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = 4
`
  await writeFile(join(folder, 'pgbouncer.ini'), settings)
  const asNobody = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const program = await startProgram('pgbouncer', [...asNobody, join(folder, 'pgbouncer.ini')])
  onTestFinished(() => program.stop())
  return {
    url: `postgres://${username}:${password}@127.0.0.1:${listen}${pathname}`,
    stop: () => program.stop(),
    async startAgain() {
      const next = await startProgram('pgbouncer', [...asNobody, join(folder, 'pgbouncer.ini')])
      onTestFinished(() => next.stop())
    },
  }
}

test.skipIf(!hasPgbouncer)('behind PgBouncer all goes on, also through its restart', async () => {
  const { url, accounts } = await openDatabase()
  const pgbouncer = await startPgbouncer(url)
  const api = await startApi(pgbouncer.url, { DATABASE_PREPARE: 'false' })
  const ready = () => fetch(`${api.url}/readyz`).then(({ status }) => status)
  await expect.poll(ready).toBe(200)
  expect(await findDatabase({ DATABASE_URL: pgbouncer.url })).toContain('DATABASE_PREPARE=false')
  const unprepared = { DATABASE_URL: pgbouncer.url, DATABASE_PREPARE: 'false' }
  expect(await findDatabase(unprepared)).toContain('can be reached')
  const load = putLoad(() => api.url, accounts)
  await load.served(count({ short: 200, long: 2000 }))
  await pgbouncer.stop()
  await load.failed(1)
  await pgbouncer.startAgain()
  load.faultEnds()
  await load.recovered()
  const tally = await load.stop()
  await record('PgBouncer (transaction mode, 4 connections) in front, restarted once', tally, {
    failures: ['503'],
  })
})
