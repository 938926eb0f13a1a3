import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createAuthClient } from '../../src/index.ts'
import { createFileStore } from '../../src/stores/file.ts'
import { openService, password } from '../service.ts'

const run = promisify(execFile)
const service = await openService({ BLACKLIST_AFTER_ROTATION: 'true' })
const server = await service.listen()
const tokens = { access: 'a', refresh: 'r', receivedAtMs: 1 }

async function createPath(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'file-store-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, path: join(folder, 'session.json') }
}

test('file and folder are readable by their user alone', async () => {
  const { folder } = await createPath()
  const path = join(folder, 'app', 'session.json')
  await createFileStore(path).update(() => tokens)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'app'))).mode & 0o777).toBe(0o700)
})

test('a session outlives the process, and a logout leaves no file behind', async () => {
  const { folder, path } = await createPath()
  const { id, email } = await service.addUser()
  const create = () => createAuthClient({ url: server.url, store: createFileStore(path) })
  await create().auth.login.mutate({ email, password })
  expect(await create().auth.me.query()).toMatchObject({ id })
  expect(await readdir(folder)).toEqual(['session.json', 'session.json.device'])
  expect(await create().logOut()).toEqual({ kind: 'ended' })
  expect(await readdir(folder)).toEqual(['session.json.device'])
})

test('processes that share a file refresh together and stay logged in', async () => {
  const { folder, path } = await createPath()
  const { id, email } = await service.addUser()
  await createAuthClient({ url: server.url, store: createFileStore(path) }).auth.login.mutate({
    email,
    password,
  })
  const script = fileURLToPath(import.meta.resolve('./sharing-process.ts'))
  const processes = [1, 2, 3].map(() => run(process.execPath, [script, server.url, path, '6']))
  const said = await Promise.all(processes)
  expect(said.map(({ stdout }) => stdout)).toEqual([`${id}\n`, `${id}\n`, `${id}\n`])
  expect(service.called().filter((procedure) => procedure === 'refresh').length).toBeGreaterThan(5)
  expect(await readdir(folder)).toEqual(['session.json', 'session.json.device'])
})

test('a torn file is logged out, and kept beside the next', async () => {
  const { folder, path } = await createPath()
  const store = createFileStore(path)
  await writeFile(path, '{"access":"a","ref')
  expect(await store.load()).toBe(undefined)
  expect(await store.update((current) => current)).toBe(undefined)
  expect(await readdir(folder)).toEqual(['session.json'])
  await store.update(() => tokens)
  expect(await store.load()).toEqual(tokens)
  expect(await readFile(`${path}.unreadable`, 'utf8')).toBe('{"access":"a","ref')
})

test('readers never see half a file while it is written', async () => {
  const { path } = await createPath()
  const store = createFileStore(path)
  await store.update(() => tokens)
  const long = 'x'.repeat(100_000)
  const rounds = Array.from({ length: 20 }, (_, round) => round)
  const writing = rounds.map((round) => store.update(() => ({ ...tokens, access: long + round })))
  for (const round of rounds) {
    expect(await store.load(), `in round ${round}`).toBeDefined()
    await writing[round]
  }
})

test('a folder in the way is reported; tokens stay in memory', async () => {
  const { folder } = await createPath()
  const path = join(folder, 'session.json')
  await mkdir(`${path}.lock`)
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createFileStore(path, { onWriteError })
  await store.update(() => tokens)
  expect(onWriteError).toHaveBeenCalledTimes(1)
  expect(await store.load()).toEqual(tokens)
  await rm(`${path}.lock`, { recursive: true })
  await expect.poll(async () => (await store.load(), createFileStore(path).load())).toEqual(tokens)
})

test('why no lock could be taken is reported', async () => {
  const { path } = await createPath()
  await mkdir(`${path}.lock`)
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createFileStore(path, { onWriteError })
  await store.update(() => tokens)
  expect(onWriteError.mock.calls).toMatchObject([[{ code: 'EISDIR' }]])
  expect(await store.load()).toEqual(tokens)
})

test('an unwritable pair is a process warning, unless a callback takes it', async () => {
  const { folder } = await createPath()
  await writeFile(join(folder, 'file'), '')
  const warned: Promise<unknown[]> = once(process, 'warning')
  const store = createFileStore(join(folder, 'file', 'session.json'))
  await store.update(() => tokens)
  const [warning] = await warned
  expect(String(warning)).toMatch(/^AuthClientWarning: .*(ENOTDIR|EEXIST)/)
})

test('a paused process whose lock was taken overwrites nothing', async () => {
  const { path } = await createPath()
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createFileStore(path, { onWriteError })
  const newer = { ...tokens, access: 'newer' }
  await store.update(() => tokens)
  const outcome = await store.update((current) => {
    writeFileSync(`${path}.lock`, randomUUID())
    writeFileSync(path, JSON.stringify(newer))
    return current && { ...current, access: 'older' }
  })
  expect(outcome?.access).toBe('older')
  expect(String(onWriteError.mock.calls[0]?.[0])).toContain('taken over')
  expect(await store.load()).toEqual(newer)
})

test('a folder instead of the file is reported, not logged out', async () => {
  const { folder } = await createPath()
  await expect(createFileStore(folder).load()).rejects.toThrow('EISDIR')
})

test('a write that fails at its last step leaves no draft behind', async () => {
  const { folder, path } = await createPath()
  const onWriteError = vi.fn<(error: unknown) => void>()
  const store = createFileStore(path, { onWriteError })
  await store.update(() => {
    mkdirSync(path)
    return tokens
  })
  expect(onWriteError).toHaveBeenCalledTimes(1)
  expect(await readdir(folder)).toEqual(['session.json'])
})
