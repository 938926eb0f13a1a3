import { appendFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { startPostgres } from '../src/index.ts'
import { tryLock } from '../src/server/lock.ts'
import {
  countServerProcesses,
  expectServerGone,
  postmasterPid,
  query,
  readNotes,
  scratchDataDir,
  scratchFolder,
  start,
  writeNote,
} from './scratch.ts'

test('data and URL survive a stop and a start', async () => {
  const dataDir = await scratchDataDir()
  const first = await start(dataDir)
  await writeNote(first.url, 'kept')
  await first.stop()
  const second = await start(dataDir)
  expect(second.url).toBe(first.url)
  expect(await readNotes(second.url)).toEqual([{ text: 'kept' }])
})

test('stop ends every process of the server, and may be called twice', async () => {
  const dataDir = await scratchDataDir()
  const postgres = await start(dataDir)
  expect(await countServerProcesses(dataDir)).toBeGreaterThan(1)
  await postgres.stop()
  expect(await countServerProcesses(dataDir)).toBe(0)
  await postgres.stop()
})

test('stop is not held up by clients that stay connected or busy', async () => {
  const dataDir = await scratchDataDir()
  const postgres = await start(dataDir)
  const busy = query(postgres.url, 'SELECT pg_sleep(600)').catch((error: unknown) => error)
  await query(postgres.url, 'SELECT 1')
  const begin = Date.now()
  await postgres.stop()
  expect(Date.now() - begin).toBeLessThan(10_000)
  expect(await busy).toBeInstanceOf(Error)
})

test('a taken port is replaced by a free one', async () => {
  const dataDir = await scratchDataDir()
  const first = await start(dataDir)
  await first.stop()
  const other = createServer().listen(first.port, '127.0.0.1')
  onTestFinished(() => void other.close())
  await once(other, 'listening')
  const second = await start(dataDir)
  expect(second.port).not.toBe(first.port)
  expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('text is Unicode, times are UTC, access needs a password', async () => {
  const { url } = await start(await scratchDataDir())
  expect(
    await query(
      url,
      `SELECT lower('ÄÉŞΣ') AS lower, current_setting('server_encoding') AS encoding, current_setting('timezone') AS zone,
        current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets`,
    ),
  ).toEqual([{ lower: 'äéşσ', encoding: 'UTF8', zone: 'UTC', addresses: '127.0.0.1', sockets: '' }])
  const wrong = new URL(url)
  wrong.password = 'wrong'
  await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed')
})

test('no other account can read the data, the password or the log', async () => {
  const dataDir = await scratchDataDir()
  await start(dataDir)
  const modes = await Promise.all(
    [
      '.',
      'lock',
      'port',
      'server.log',
      'cluster',
      'cluster/password',
      'cluster/data',
      'cluster/data/PG_VERSION',
    ].map(async (name) => [name, ((await stat(join(dataDir, name))).mode & 0o777).toString(8)]),
  )
  expect(Object.fromEntries(modes)).toEqual({
    '.': '700',
    lock: '600',
    port: '600',
    'server.log': '600',
    cluster: '700',
    'cluster/password': '600',
    'cluster/data': '700',
    'cluster/data/PG_VERSION': '600',
  })
})

test('a second start in a process shares the server', async () => {
  const dataDir = await scratchDataDir()
  const [one, two] = await Promise.all([start(dataDir), start(dataDir)])
  expect(two.url).toBe(one.url)
  const third = await startPostgres({ dataDir, database: 'a "strange" näme' })
  await third.stop()
  expect(await query(third.url, 'SELECT current_database()')).toEqual([
    { current_database: 'a "strange" näme' },
  ])
})

test('a folder with something else in it is refused and not touched', async () => {
  const folder = await scratchFolder(0o755)
  await writeFile(join(folder, 'letter.txt'), 'mine')
  await expect(startPostgres({ dataDir: folder, database: 'accounts' })).rejects.toThrow('is not empty')
  expect(await readdir(folder)).toEqual(['letter.txt'])
  expect((await stat(folder)).mode & 0o777).toBe(0o755)
})

test("a failed start shows the log's end and blocks no other", async () => {
  const dataDir = await scratchDataDir()
  await (await start(dataDir)).stop()
  const settings = join(dataDir, 'cluster', 'data', 'postgresql.auto.conf')
  await appendFile(settings, 'nonsense = 1\n')
  await expect(start(dataDir)).rejects.toThrow(
    /ended at its start[^]*unrecognized configuration parameter "nonsense"/,
  )
  await writeFile(settings, '')
  await start(dataDir)
})

test('data of another major version are left alone with an error', async () => {
  const dataDir = await scratchDataDir()
  await (await start(dataDir)).stop()
  await writeFile(join(dataDir, 'cluster', 'data', 'PG_VERSION'), '15\n')
  await expect(start(dataDir)).rejects.toThrow('are of PostgreSQL 15, the server is 18')
})

test('a database that cannot be created stops the server again', async () => {
  const dataDir = await scratchDataDir()
  await expect(startPostgres({ dataDir, database: '' })).rejects.toThrow('zero-length')
  await expectServerGone(dataDir)
})

test('waiting for another process that does not get ready has an end', async () => {
  const dataDir = await scratchDataDir()
  await (await start(dataDir)).stop()
  const lock = tryLock(join(dataDir, 'lock'))
  onTestFinished(() => lock?.release())
  const late = startPostgres({ dataDir, database: 'accounts', startTimeoutSeconds: 0.3 })
  await expect(late).rejects.toThrow('Another process is starting or running PostgreSQL')
  await rm(join(dataDir, 'port'))
  const alsoLate = startPostgres({ dataDir, database: 'accounts', startTimeoutSeconds: 0.3 })
  await expect(alsoLate).rejects.toThrow('did not answer within 0.3 s')
})

test('a server that hangs is killed at last', async () => {
  const dataDir = await scratchDataDir()
  const postgres = await start(dataDir)
  await writeNote(postgres.url, 'kept')
  process.kill(await postmasterPid(dataDir), 'SIGSTOP')
  await postgres.stop()
  expect(await countServerProcesses(dataDir)).toBe(0)
  expect(await readNotes((await start(dataDir)).url)).toEqual([{ text: 'kept' }])
})
