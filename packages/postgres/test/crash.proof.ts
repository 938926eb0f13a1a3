import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { access, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isAlive } from '../src/test-server/abandoned-folders.ts'
import { runScript } from './other-process.ts'
import {
  countServerProcesses,
  expectServerGone,
  expectSoon,
  postmasterPid,
  query,
  readNotes,
  scratchDataDir,
  start,
  writeNote,
} from './scratch.ts'

const hasSetpriv = spawnSync('setpriv', ['--pdeathsig', 'INT', '--', 'true']).status === 0

test.skipIf(!hasSetpriv)('the server dies with a process that is killed', async () => {
  const dataDir = await scratchDataDir()
  const owner = runScript('owner.ts', [dataDir])
  const { url } = await owner.started
  await writeNote(url, 'committed')
  await owner.kill()
  await expectServerGone(dataDir)
  expect(await readNotes((await start(dataDir)).url)).toEqual([{ text: 'committed' }])
})

test("without setpriv the next start stops a killed process's server", async () => {
  const dataDir = await scratchDataDir()
  const owner = runScript('owner.ts', [dataDir], { env: { PATH: '' } })
  const { url } = await owner.started
  await writeNote(url, 'committed')
  const orphan = await postmasterPid(dataDir)
  await owner.kill()
  expect(await countServerProcesses(dataDir)).toBeGreaterThan(0)
  const next = await start(dataDir)
  expect(await readNotes(next.url)).toEqual([{ text: 'committed' }])
  expect(await postmasterPid(dataDir)).not.toBe(orphan)
})

test.for([{ PATH: '' }, { PATH: process.env['PATH'] }])(
  'a process that ends without stop() takes the server with it (PATH %o)',
  async (env) => {
    const dataDir = await scratchDataDir()
    const owner = runScript('owner.ts', [dataDir, 'leave'], { env })
    const exit = once(owner.child, 'exit')
    await owner.started
    expect(await exit).toEqual([0, null])
    await expectServerGone(dataDir)
  },
)

test('the next start works at once after the postmaster was killed', async () => {
  const dataDir = await scratchDataDir()
  const first = await start(dataDir)
  await writeNote(first.url, 'committed')
  await killPostmaster(dataDir)
  const second = await start(dataDir)
  expect(await readNotes(second.url)).toEqual([{ text: 'committed' }])
  await first.stop()
  expect(await readNotes(second.url)).toEqual([{ text: 'committed' }])
})

test('a busy orphaned backend does not block the next start', async () => {
  const dataDir = await scratchDataDir()
  const first = await start(dataDir)
  await writeNote(first.url, 'committed')
  const endless = query(first.url, 'SELECT count(*) FROM generate_series(1, 1e15)').catch(
    (error: unknown) => error,
  )
  const isBusy = `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%1e15%' AND pid <> pg_backend_pid()`
  await expectSoon(async () => (await query(first.url, isBusy)).length === 1)
  await killPostmaster(dataDir)
  expect(await readNotes((await start(dataDir)).url)).toEqual([{ text: 'committed' }])
  expect(await endless).toBeInstanceOf(Error)
})

test('a stale postmaster.pid of another process blocks and harms nothing', async () => {
  const dataDir = await scratchDataDir()
  const first = await start(dataDir)
  await first.stop()
  const dataFolder = join(dataDir, 'cluster', 'data')
  const { uid, gid } = await stat(dataFolder)
  const stranger = spawn('sleep', ['600'], { uid, gid, stdio: 'ignore', cwd: '/' })
  onTestFinished(() => void stranger.kill('SIGKILL'))
  await once(stranger, 'spawn')
  const stale = [stranger.pid, dataFolder, 1, first.port, '', '127.0.0.1', '  0  0', 'ready', '']
  await writeFile(join(dataFolder, 'postmaster.pid'), stale.join('\n'))
  await start(dataDir)
  expect(stranger.exitCode ?? stranger.signalCode).toBe(null)
})

test('an interrupted initdb is done again', async () => {
  const dataDir = await interruptInitdb()
  expect(await readdir(dataDir)).toContainEqual(expect.stringMatching(/^cluster\.draft-/))
  await start(dataDir)
  expect((await readdir(dataDir)).toSorted()).toEqual(['cluster', 'lock', 'port', 'server.log'])
})

async function killPostmaster(dataDir: string): Promise<void> {
  const pid = await postmasterPid(dataDir)
  process.kill(pid, 'SIGKILL')
  await expectSoon(async () => !isAlive(pid))
}

/** A folder whose owner was killed in the middle of initdb; tries again when initdb was faster. */
async function interruptInitdb(): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const dataDir = await scratchDataDir()
    const owner = runScript('owner.ts', [dataDir])
    void owner.started.catch(() => undefined)
    await expectSoon(async () =>
      (await readdir(dataDir).catch(() => [])).some((name) => name.includes('draft')),
    )
    await owner.kill()
    const isWhole = await access(join(dataDir, 'cluster')).then(
      () => true,
      () => false,
    )
    if (!isWhole) return dataDir
  }
  throw new Error('initdb was never interrupted')
}
