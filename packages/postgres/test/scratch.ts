import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { withClient } from '../src/server/database.ts'
import { type Postgres, startPostgres } from '../src/index.ts'
import { poll } from '../src/server/poll.ts'
import { clusterName, findServerProcesses, stopServerProcesses } from '../src/server/server-processes.ts'

export const isRoot = process.getuid?.() === 0

/** A folder that goes, with the server that runs on its `data`, when the test is over. */
export async function scratchFolder(mode = 0o700): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'accounts-scratch-'))
  await chmod(folder, mode)
  onTestFinished(async () => {
    const name = await nameOf(join(folder, 'data'))
    if (name) await stopServerProcesses(name)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  })
  return folder
}

export async function scratchDataDir(): Promise<string> {
  return join(await scratchFolder(), 'data')
}

/** Starts the server in this process and stops it when the test is over. */
export async function start(dataDir: string): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, database: 'accounts' })
  onTestFinished(() => postgres.stop())
  return postgres
}

export async function query(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows)
}

export async function writeNote(url: string, text: string): Promise<void> {
  await query(url, 'CREATE TABLE IF NOT EXISTS notes (text text)')
  await query(url, `INSERT INTO notes VALUES ('${text}')`)
}

export async function readNotes(url: string): Promise<unknown[]> {
  return query(url, 'SELECT text FROM notes')
}

export async function postmasterPid(dataDir: string): Promise<number> {
  return Number((await readFile(join(dataDir, 'cluster', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0])
}

export async function countServerProcesses(dataDir: string): Promise<number> {
  const name = await nameOf(dataDir)
  return name ? (await findServerProcesses(name)).length : 0
}

export async function expectServerGone(dataDir: string): Promise<void> {
  await expectSoon(async () => (await countServerProcesses(dataDir)) === 0)
}

export async function expectSoon(isSo: () => Promise<boolean>): Promise<void> {
  expect(await poll(isSo, { timeoutMs: 30_000, everyMs: 10 })).toBe(true)
}

/** The folders of the test servers that a process started. */
export async function foldersOf(pid: number): Promise<string[]> {
  const places = ['/dev/shm', tmpdir()].map(async (place) => {
    const names = await readdir(place).catch(() => [])
    return names
      .filter((name) => name.startsWith(`accounts-postgres-test-${pid}-`))
      .map((name) => join(place, name))
  })
  return (await Promise.all(places)).flat()
}

async function nameOf(dataDir: string): Promise<string | undefined> {
  return clusterName(join(dataDir, 'cluster', 'data')).catch(() => undefined)
}
