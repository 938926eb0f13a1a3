import { chown, mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { nobody } from '../src/binaries/run-as.ts'
import { runScript } from './other-process.ts'
import { copyPackage } from './package-copy.ts'
import {
  isRoot,
  postmasterPid,
  readNotes,
  scratchDataDir,
  scratchFolder,
  start,
  writeNote,
} from './scratch.ts'

/** initdb wants an account that /etc/passwd knows: this is `daemon`. */
const ordinary = { uid: 1, gid: 1 }

/**
 * These tests change accounts, which takes root. Without root the other files are the test of an
 * ordinary account.
 */
describe.skipIf(!isRoot)('started by root', () => {
  test('root runs the server as nobody below a closed folder', async () => {
    const dataDir = await scratchDataDir()
    const postgres = await start(dataDir)
    await postgres.stop()
    await start(dataDir)
    expect(await stat(join(dataDir, 'cluster', 'data'))).toMatchObject(nobody)
    expect(await stat(`/proc/${await postmasterPid(dataDir)}`)).toMatchObject(nobody)
  })

  test('root starts it in a closed checkout, again and again', async () => {
    const closed = await scratchFolder(0o700)
    const copy = await copyPackage(join(closed, 'checkout'))
    const temporary = await scratchFolder(0o755)
    const dataDir = await scratchDataDir()
    const options = { ...copy, env: { ...process.env, TMPDIR: temporary } }
    const first = runScript('owner.ts', [dataDir], options)
    await writeNote((await first.started).url, 'kept')
    await first.kill()
    const second = runScript('owner.ts', [dataDir], options)
    expect(await readNotes((await second.started).url)).toEqual([{ text: 'kept' }])
  })

  test('an ordinary account and root take turns on the same data', async () => {
    const copy = await copyPackage(join(await scratchFolder(0o755), 'checkout'))
    const dataDir = await scratchDataDir()
    await mkdir(dataDir)
    await chown(join(dataDir, '..'), ordinary.uid, ordinary.gid)
    await chown(dataDir, ordinary.uid, ordinary.gid)
    const asOrdinary = { ...copy, ...ordinary }

    const first = runScript('owner.ts', [dataDir], asOrdinary)
    const { url, uid } = await first.started
    expect(uid).toBe(ordinary.uid)
    await writeNote(url, 'by the account')
    expect(await stat(`/proc/${await postmasterPid(dataDir)}`)).toMatchObject(ordinary)
    await first.kill()

    const root = await start(dataDir)
    await writeNote(root.url, 'by root')
    expect(await stat(`/proc/${await postmasterPid(dataDir)}`)).toMatchObject(ordinary)
    await root.stop()

    const last = runScript('owner.ts', [dataDir], asOrdinary)
    expect(await readNotes((await last.started).url)).toEqual([
      { text: 'by the account' },
      { text: 'by root' },
    ])
  })

  test("an ordinary account is told that a folder is root's", async () => {
    const copy = await copyPackage(join(await scratchFolder(0o755), 'checkout'))
    const dataDir = join(await scratchFolder(0o755), 'data')
    await (await start(dataDir)).stop()
    await expect(runScript('owner.ts', [dataDir], { ...copy, ...ordinary }).started).rejects.toThrow(
      'made by another account',
    )
  })
})
