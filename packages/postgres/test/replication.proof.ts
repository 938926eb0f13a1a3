import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { type Replication, startReplication, type StartReplicationOptions } from '../src/replication.ts'
import { runScript } from './other-process.ts'
import { expectServerGone, expectSoon, foldersOf, query, readNotes, writeNote } from './scratch.ts'

test('the standby has all data and takes no writes', async () => {
  const { primary, standby } = await start({ prepare: (url) => writeNote(url, 'prepared') })
  await writeNote(primary.url, 'later')
  await standby.catchUp(primary)
  expect(await readNotes(standby.url)).toEqual([{ text: 'prepared' }, { text: 'later' }])
  await expect(writeNote(standby.url, 'no')).rejects.toThrow('read-only transaction')
})

test('a failover loses unreceived data, and the next keeps the rest', async () => {
  const { primary, standby } = await start({ prepare: (url) => writeNote(url, 'both') })
  await standby.stopReceiver()
  await writeNote(primary.url, 'lost')
  await primary.kill()
  await standby.promote()
  await writeNote(standby.url, 'new')
  expect(await readNotes(standby.url)).toEqual([{ text: 'both' }, { text: 'new' }])

  const third = await standby.addStandby()
  onTestFinished(() => third.remove())
  await standby.kill()
  await third.promote()
  expect(await readNotes(third.url)).toEqual([{ text: 'both' }, { text: 'new' }])
})

test('a standby can be promoted beside a living primary', async () => {
  const { primary, standby } = await start({ prepare: (url) => writeNote(url, 'both') })
  await standby.stopReceiver()
  await writeNote(primary.url, 'old')
  await standby.promote()
  await writeNote(standby.url, 'new')
  await writeNote(primary.url, 'older still')
  expect(await readNotes(standby.url)).toEqual([{ text: 'both' }, { text: 'new' }])
})

test('a switchover loses nothing, and the old primary follows', async () => {
  const { primary, standby } = await start({ prepare: (url) => writeNote(url, 'first') })
  await writeNote(primary.url, 'second')
  await primary.stop()
  await standby.promote()
  await primary.follow(standby)
  await writeNote(standby.url, 'third')
  await primary.catchUp(standby)
  expect(await readNotes(primary.url)).toEqual(['first', 'second', 'third'].map((text) => ({ text })))
})

test('a receiver that goes on reads what it missed', async () => {
  const { primary, standby } = await start()
  await standby.stopReceiver()
  await writeNote(primary.url, 'missed')
  standby.continueReceiver()
  await standby.catchUp(primary)
  expect(await readNotes(standby.url)).toEqual([{ text: 'missed' }])
})

test('commits wait for a frozen synchronous standby', async () => {
  const { primary, standby } = await start({ synchronous: true, prepare: (url) => writeNote(url, 'both') })
  await standby.freeze()
  await query(primary.url, `SET synchronous_commit = local; INSERT INTO notes VALUES ('alone')`)
  const waiting = query(primary.url, `INSERT INTO notes VALUES ('waits')`)
  const waits = `SELECT FROM pg_stat_activity WHERE wait_event = 'SyncRep'`
  await expectSoon(async () => (await query(primary.url, waits)).length === 1)
  standby.thaw()
  await waiting
  expect(await readNotes(standby.url)).toEqual(['both', 'alone', 'waits'].map((text) => ({ text })))
})

test('settings change while it runs, and stay over a start', async () => {
  const { primary } = await start({ prepare: (url) => writeNote(url, 'kept') })
  await primary.configure({ default_transaction_read_only: 'on' })
  await expect(writeNote(primary.url, 'no')).rejects.toThrow('read-only transaction')
  await primary.kill()
  await primary.start()
  await expect(writeNote(primary.url, 'no')).rejects.toThrow('read-only transaction')
  expect(await readNotes(primary.url)).toEqual([{ text: 'kept' }])
})

test('stop removes both servers, also frozen or killed ones', async () => {
  const replication = await startReplication()
  await replication.primary.kill()
  await replication.standby.freeze()
  await replication.stop()
  expect(await foldersOf(process.pid)).toEqual([])
})

test('a process that ends without stop() takes both servers along', async () => {
  const owner = runScript('replication-owner.ts', [])
  const exit = once(owner.child, 'exit')
  await owner.started
  expect(await exit).toEqual([0, null])
  const folders = await foldersOf(owner.child.pid ?? 0)
  expect(folders).toHaveLength(2)
  for (const folder of folders) await expectServerGone(folder)
  await (await startReplication()).stop()
  expect(await foldersOf(owner.child.pid ?? 0)).toEqual([])
})

async function start(options: StartReplicationOptions = {}): Promise<Replication> {
  const replication = await startReplication(options)
  onTestFinished(() => replication.stop())
  return replication
}
