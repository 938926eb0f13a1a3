import { readdir, readFile, stat } from 'node:fs/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openDataDir } from '../src/server/data-dir.ts'
import { copyCluster } from '../src/test-server/cluster-copy.ts'
import { createMemoryFolder } from '../src/test-server/memory-folder.ts'
import { startTestServer } from '../src/testing.ts'
import { runScript } from './other-process.ts'
import { expectSoon, foldersOf, query, scratchDataDir, scratchFolder } from './scratch.ts'

test('a start removes only folders of killed test runs', async () => {
  const run = runScript('test-run.ts', [])
  const { url } = await run.started
  const { pid = 0 } = run.child
  await createMemoryFolder()
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await foldersOf(pid)).toHaveLength(1)
  await run.kill()
  const next = await startTestServer()
  onTestFinished(() => next.stop())
  await expectSoon(async () => (await foldersOf(pid)).length === 0)
})

test('one cluster is made and copied, with or without cache', async () => {
  const cache = await scratchFolder(0o755)
  const homes = await Promise.all([1, 2, 3].map(async () => openDataDir(await scratchDataDir())))
  const [one, two, without] = homes
  if (!one || !two || !without) throw new Error('no folders')
  await copyCluster(one, cache)
  const made = await readdir(cache)
  await copyCluster(two, cache)
  expect([made.length, await readdir(cache)]).toEqual([1, made])
  expect(await readFile(two.passwordFile, 'utf8')).toBe(await readFile(one.passwordFile, 'utf8'))
  expect((await stat(two.dataFolder)).uid).toBe((await stat(one.dataFolder)).uid)
  await copyCluster(without, one.passwordFile)
  expect(await readdir(without.folder)).toEqual([])
})
