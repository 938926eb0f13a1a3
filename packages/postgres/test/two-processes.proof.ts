import { expect, test } from 'vitest'
import { runScript } from './other-process.ts'
import {
  expectServerGone,
  postmasterPid,
  query,
  readNotes,
  scratchDataDir,
  start,
  writeNote,
} from './scratch.ts'

test('a second process shares the server, and its stop leaves it', async () => {
  const dataDir = await scratchDataDir()
  const { url } = await runScript('owner.ts', [dataDir]).started
  const pid = await postmasterPid(dataDir)
  const adopted = await start(dataDir)
  expect(adopted.url).toBe(url)
  await adopted.stop()
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  expect(await postmasterPid(dataDir)).toBe(pid)
})

test('processes that start an empty folder at once share one server', async () => {
  const dataDir = await scratchDataDir()
  const owners = [1, 2, 3].map(() => runScript('owner.ts', [dataDir]))
  const urls = await Promise.all(owners.map(async ({ started }) => (await started).url))
  expect(new Set(urls).size).toBe(1)
})

test("a killed owner's server can be started again by a sharer", async () => {
  const dataDir = await scratchDataDir()
  const owner = runScript('owner.ts', [dataDir])
  await owner.started
  const shared = await start(dataDir)
  await writeNote(shared.url, 'kept')
  await owner.kill()
  const own = await start(dataDir)
  expect(await readNotes(own.url)).toEqual([{ text: 'kept' }])
  await own.stop()
  await expectServerGone(dataDir)
})
