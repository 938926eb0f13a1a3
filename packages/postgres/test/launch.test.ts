import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findBinaries } from '../src/binaries/binaries.ts'
import { createCluster } from '../src/server/cluster.ts'
import { openDataDir } from '../src/server/data-dir.ts'
import { launchServer } from '../src/server/launch-server.ts'
import { tryLock } from '../src/server/lock.ts'
import { userForData } from '../src/binaries/run-as.ts'
import { clusterName, readPs } from '../src/server/server-processes.ts'
import { startInFolder } from '../src/test-server/memory-server.ts'
import { scratchDataDir } from './scratch.ts'

test('a port taken before the start is worth another try', async () => {
  const home = await openDataDir(await scratchDataDir())
  const { port, stop } = await startInFolder(home, {})
  await stop()
  const other = createServer().listen(port, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const runAs = await userForData(home.dataFolder)
  const launch = await launchServer(home, {
    binaries: await findBinaries(runAs),
    runAs,
    port,
    name: await clusterName(home.dataFolder),
    settings: {},
    deadline: Date.now() + 60_000,
  })
  expect(launch.kind).toBe('lost')
})

test('a failed or slow initdb leaves no cluster and says so', async () => {
  const home = await openDataDir(await scratchDataDir())
  tryLock(home.lockFile)?.release()
  const runAs = await userForData(home.dataFolder)
  const binaries = await findBinaries(runAs)
  const broken = { ...binaries, initdb: '/bin/false' }
  await expect(
    createCluster(home, { binaries: broken, runAs, deadline: Date.now() + 60_000 }),
  ).rejects.toThrow(/initdb failed \(1\)[^]*the log is empty/)
  await expect(createCluster(home, { binaries, runAs, deadline: 0 })).rejects.toThrow(
    'initdb failed (too slow)',
  )
  expect(await readdir(home.folder)).not.toContain('cluster')
})

test.skipIf(spawnSync('ps').status !== 0)(
  'the process list of ps, which macOS needs, has every process',
  async () => {
    const processes = await readPs()
    expect(processes.find(({ pid }) => pid === process.pid)?.command).toBeTruthy()
  },
)

test('a lock that fails for another reason is an error', async () => {
  const dataDir = await scratchDataDir()
  expect(() => tryLock(`${dataDir}/absent/lock`)).toThrow('absent/lock cannot be opened')
})
