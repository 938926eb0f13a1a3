import { spawnSync } from 'node:child_process'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@pockitflyer/postgres'
import { onTestFinished, test } from 'vitest'
import { addAccounts } from '../src/accounts.ts'
import { count, last, putLoad, record, scratchFolder, startApi } from './harness.ts'

const fullSeconds = count({ short: 1, long: 20 })
const folder = await scratchFolder()
const canMount =
  spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,mode=755', 'faults', folder]).status === 0
if (!canMount) process.stdout.write('no file system can be mounted: the test of a full disk is skipped\n')

/** Writes zeros until nothing more fits. */
async function fill(path: string): Promise<void> {
  const file = await open(path, 'w')
  const block = Buffer.alloc(64 * 1024)
  try {
    for (;;) await file.write(block)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    await file.close()
  }
}

test.skipIf(!canMount)('a temporarily full disk of PostgreSQL costs no session', async () => {
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  const start = () => startPostgres({ dataDir: join(folder, 'data'), database: 'accounts' })
  let postgres = await start()
  onTestFinished(() => postgres.stop())
  const accounts = await addAccounts(postgres.url)
  const api = await startApi(postgres.url)
  const load = putLoad(() => api.url, accounts)
  await load.served(100)
  await fill(join(folder, 'filler'))
  await Promise.all([load.failed(1), last(fullSeconds)])
  await rm(join(folder, 'filler'))
  // A server that could not write its log of changes has ended itself: an operator starts it again.
  postgres = await start()
  load.faultEnds()
  await load.recovered()
  await record(`The disk of PostgreSQL full for ${fullSeconds} s`, await load.stop(), { failures: ['503'] })
})
