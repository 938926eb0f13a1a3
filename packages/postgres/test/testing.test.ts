import { Client } from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import {
  cloneTemplate,
  startTestServer,
  type StartTestServerOptions,
  startWire,
  type TestServer,
} from '../src/testing.ts'
import { foldersOf, query, readNotes, writeNote } from './scratch.ts'

let shared: TestServer
beforeAll(async () => {
  shared = await startTestServer()
})
afterAll(() => shared.stop())

test('clones hold what prepare made, and nothing of one another', async () => {
  const server = await startOnShared({ prepare: (url) => writeNote(url, 'prepared') })
  const [one, two] = await Promise.all([server.createDatabase(), cloneTemplate(server.template)])
  await writeNote(one.url, 'mine')
  expect(await readNotes(one.url)).toEqual([{ text: 'prepared' }, { text: 'mine' }])
  expect(await readNotes(two.url)).toEqual([{ text: 'prepared' }])
})

test('many clones can be made at once', async () => {
  const clones = await Promise.all(Array.from({ length: 10 }, () => shared.createDatabase()))
  expect(new Set(clones.map(({ url }) => url)).size).toBe(10)
})

test('drop removes a database in use, and may be called twice', async () => {
  const { url, drop } = await shared.createDatabase()
  const client = new Client({ connectionString: url })
  const lost = new Promise((resolve) => client.on('error', resolve))
  await client.connect()
  await drop()
  await drop()
  expect(await lost).toBeInstanceOf(Error)
  await expect(query(url, 'SELECT 1')).rejects.toThrow('does not exist')
  await client.end()
})

test('a connection that prepare forgot does not block cloning', async () => {
  const server = await startOnShared({
    prepare: async (connectionString) => {
      const client = new Client({ connectionString })
      client.on('error', () => undefined)
      await client.connect()
    },
  })
  expect(await query((await server.createDatabase()).url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('the server accepts 300 connections, skips fsync, and leaves no shared memory', async () => {
  const settings = `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'max_connections', 'dynamic_shared_memory_type')`
  expect(await query(shared.template.serverUrl, `${settings} ORDER BY name`)).toEqual([
    { name: 'dynamic_shared_memory_type', setting: 'mmap' },
    { name: 'fsync', setting: 'off' },
    { name: 'full_page_writes', setting: 'off' },
    { name: 'max_connections', setting: '300' },
    { name: 'synchronous_commit', setting: 'off' },
  ])
})

test('stop leaves no folder, also after a prepare that failed', async () => {
  const before = await foldersOf(process.pid)
  const server = await startServer()
  expect(await foldersOf(process.pid)).toHaveLength(before.length + 1)
  await server.stop()
  expect(await foldersOf(process.pid)).toEqual(before)
  await server.stop()
  const failed = startTestServer({ prepare: () => Promise.reject(new Error('no such table')) })
  await expect(failed).rejects.toThrow('no such table')
  expect(await foldersOf(process.pid)).toEqual(before)
})

test('a given server is used and left as it was', async () => {
  const { serverUrl } = shared.template
  const before = await databases(serverUrl)
  const server = await startServer({ serverUrl, prepare: (url) => writeNote(url, 'prepared') })
  const { url } = await server.createDatabase()
  expect(new URL(url).host).toBe(new URL(serverUrl).host)
  expect(await readNotes(url)).toEqual([{ text: 'prepared' }])
  await server.stop()
  await server.stop()
  expect(await databases(serverUrl)).toEqual(before)
  const failed = startTestServer({ serverUrl, prepare: () => Promise.reject(new Error('no such table')) })
  await expect(failed).rejects.toThrow('no such table')
  expect(await databases(serverUrl)).toEqual(before)
})

test('on a given server only leftovers older than a day go', async () => {
  const { serverUrl } = shared.template
  const [old, young] = [leftoverName(25), leftoverName(23)]
  await query(serverUrl, `CREATE DATABASE ${old}`)
  await query(serverUrl, `CREATE DATABASE ${young}`)
  await (await startServer({ serverUrl })).stop()
  const left = await databases(serverUrl)
  expect(left).toContainEqual({ datname: young })
  expect(left).not.toContainEqual({ datname: old })
})

function leftoverName(hoursAgo: number): string {
  return `accounts_test_${Date.now() - hoursAgo * 3_600_000}_leftover`
}

async function startServer(options: StartTestServerOptions = {}): Promise<TestServer> {
  const server = await startTestServer(options)
  onTestFinished(() => server.stop())
  return server
}

async function startOnShared(options: StartTestServerOptions): Promise<TestServer> {
  return startServer({ ...options, serverUrl: shared.template.serverUrl })
}

async function databases(serverUrl: string): Promise<unknown[]> {
  return query(serverUrl, 'SELECT datname FROM pg_database ORDER BY datname')
}

test('a wire to a database can be cut or silenced', async () => {
  const wire = await startWire((await shared.createDatabase()).url)
  onTestFinished(() => wire.stop())
  expect(await query(wire.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  const cut = query(wire.url, 'SELECT pg_sleep(60)')
  const isBusy = () => query(wire.url, `SELECT FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'`)
  await expect.poll(isBusy).toHaveLength(1)
  wire.cut()
  await expect(cut).rejects.toThrow(/Connection terminated|ECONNRESET/)
  expect(await query(wire.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})
