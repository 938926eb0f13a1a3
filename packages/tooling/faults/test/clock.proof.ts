import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { count, openDatabase, putLoad, record, scratchFolder, startApi } from './harness.ts'

/** Debian's package libfaketime, on each of its architectures. */
const library = [`x86_64`, `aarch64`]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file))
if (library === undefined)
  process.stdout.write('libfaketime is not installed: the test of a clock that jumps is skipped\n')

const folder = await scratchFolder()

test.skipIf(library === undefined)('a clock jumping under load logs no user out', async () => {
  const { url, accounts } = await openDatabase()
  const offset = join(folder, 'offset')
  await writeFile(offset, '+0')
  const api = await startApi(url, {
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: offset,
    FAKETIME_NO_CACHE: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
  })
  const now = async () => Date.parse((await fetch(`${api.url}/healthz`)).headers.get('date') ?? '')
  const load = putLoad(() => api.url, accounts)
  for (const hours of [1, -1, 0]) {
    await load.served(count({ short: 60, long: 1000 }))
    await writeFile(offset, `${hours < 0 ? '-' : '+'}${Math.abs(hours)}h`)
    load.faultEnds()
    await expect.poll(async () => Math.round((await now()) - Date.now()) / 3_600_000).toBeCloseTo(hours, 1)
    await load.recovered()
  }
  await load.served(60)
  await record('The clock of the API jumps: an hour ahead, two back, one ahead', await load.stop())
})
