import { execFile } from 'node:child_process'
import { closeSync, fstatSync, readdirSync } from 'node:fs'
import fs, { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { takeFileLock } from '../../src/stores/file-lock.ts'
import { createFileStore } from '../../src/stores/file.ts'

/** What a lock leaves on the disk and among the open files of its process. */

const run = promisify(execFile)

/** Called when a file is about to be opened; the file system itself is the real one. */
const beforeOpen = { act: async (_path: string) => {} }
const { open } = fs
beforeAll(() => {
  fs.open = async (path, ...rest) => {
    await beforeOpen.act(String(path))
    return open(path, ...rest)
  }
  syncBuiltinESMExports()
})
afterAll(() => {
  fs.open = open
  syncBuiltinESMExports()
})

async function createPath(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lock-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, path: join(folder, 'lock') }
}

/** Puts the stopwatch and the heartbeats into the hands of the test; the polls run on. */
function holdTime() {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** The descriptors of this process that lead to a regular file of which this is true. */
function findOpen(isMeant: (file: { ino: number; nlink: number }) => boolean): number[] {
  return readdirSync('/dev/fd')
    .map(Number)
    .filter((descriptor) => {
      try {
        const file = fstatSync(descriptor)
        return file.isFile() && isMeant(file)
      } catch {
        return false
      }
    })
}

const findOpenAndRemoved = () => findOpen(({ nlink }) => nlink === 0)

test('a lock is of its user alone', async () => {
  const { path } = await createPath()
  const lock = await takeFileLock(path, 0)
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  await lock.release()
})

test('a file that only ends in our nonce is not our lock', async () => {
  const { path } = await createPath()
  const lock = await takeFileLock(path, 0)
  expect(await lock.isHeld()).toBe(true)
  await writeFile(path, `x${await readFile(path, 'utf8')}`)
  expect(await lock.isHeld()).toBe(false)
  await lock.release()
  expect(await readFile(path, 'utf8')).toMatch(/^x/)
})

test('a lock that was released leaves no file open', async () => {
  const { path } = await createPath()
  const before = findOpenAndRemoved()
  for (let round = 0; round < 5; round += 1) await (await takeFileLock(path, 0)).release()
  expect(findOpenAndRemoved()).toEqual(before)
})

test('a file that was written is closed', async () => {
  const { path } = await createPath()
  await createFileStore(path).update(() => ({ access: 'a', refresh: 'r', receivedAtMs: 1 }))
  const { ino } = await stat(path)
  expect(findOpen((file) => file.ino === ino)).toEqual([])
})

test('a lock whose folder is gone is released without an error', async () => {
  const { folder, path } = await createPath()
  const lock = await takeFileLock(path, 0)
  await rm(folder, { recursive: true })
  expect(await lock.release()).toBe(undefined)
})

test("a disk failing under a lock is not its owner's error", async () => {
  holdTime()
  const { folder, path } = await createPath()
  const lock = await takeFileLock(path, 0)
  const { ino } = await stat(path)
  for (const descriptor of findOpen((file) => file.ino === ino)) closeSync(descriptor)
  vi.advanceTimersByTime(1000)
  expect(await lock.release()).toBe(undefined)
  expect(await readdir(folder)).toEqual([])
})

test('a lock that shows life at the last moment is not removed', async () => {
  holdTime()
  const { path } = await createPath()
  const nonce = crypto.randomUUID()
  await writeFile(path, nonce)
  let looks = 0
  beforeOpen.act = async (opened) => {
    if (opened === path) looks += 1
    if (opened === `${path}.${nonce}`) await utimes(path, new Date(), new Date(Date.now() + 1000 * looks))
  }
  onTestFinished(() => {
    beforeOpen.act = async () => {}
  })
  const outcome = takeFileLock(path, 6000).catch(String)
  await expect.poll(() => looks).toBeGreaterThan(3)
  vi.advanceTimersByTime(5001)
  const before = looks
  await expect.poll(() => looks).toBeGreaterThan(before + 3)
  expect(await readFile(path, 'utf8')).toBe(nonce)
  vi.advanceTimersByTime(1000)
  expect(await outcome).toContain('is held by another process')
})

test('a claim is not taken for lost before a minute is over', async () => {
  holdTime()
  const { path } = await createPath()
  const nonce = crypto.randomUUID()
  await writeFile(path, nonce)
  await writeFile(`${path}.${nonce}`, '')
  const lately = new Date(Date.now() - 40_000)
  await utimes(`${path}.${nonce}`, lately, lately)
  const outcome = takeFileLock(path, 6000).catch(String)
  let looks = 0
  beforeOpen.act = async (opened) => void (looks += Number(opened === path))
  onTestFinished(() => {
    beforeOpen.act = async () => {}
  })
  await expect.poll(() => looks).toBeGreaterThan(3)
  vi.advanceTimersByTime(5001)
  const before = looks
  await expect.poll(() => looks).toBeGreaterThan(before + 3)
  vi.advanceTimersByTime(1000)
  expect(await outcome).toContain('is held by another process')
  expect(await readFile(path, 'utf8')).toBe(nonce)
})

test('a lock is held while its nonce alone stands in it', async () => {
  const { path } = await createPath()
  const lock = await takeFileLock(path, 0)
  await writeFile(path, `${await readFile(path, 'utf8')} and more`)
  expect(await lock.isHeld()).toBe(false)
  await rm(path)
  expect(await lock.isHeld()).toBe(false)
  await lock.release()
})

test('a full disk is an error and leaves nothing half written', async () => {
  const { folder, path } = await createPath()
  const script = fileURLToPath(import.meta.resolve('./full-disk-process.ts'))
  // A process that may write files of no byte meets what a full disk says.
  const limited = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, script, path]
  const { stdout } = await run('sh', limited)
  expect(JSON.parse(stdout)).toEqual({ lock: 'EFBIG', session: 'EFBIG', opened: 0 })
  expect(await readdir(folder)).toEqual([])
})

test("a dead process's lock is taken over before a write fails", async () => {
  holdTime()
  const { path } = await createPath()
  await writeFile(`${path}.lock`, crypto.randomUUID())
  let looks = 0
  beforeOpen.act = async (opened) => void (looks += Number(opened === `${path}.lock`))
  onTestFinished(() => {
    beforeOpen.act = async () => {}
  })
  const onWriteError = vi.fn<(error: unknown) => void>()
  const tokens = { access: 'a', refresh: 'r', receivedAtMs: 1 }
  const update = createFileStore(path, { onWriteError }).update(() => tokens)
  await expect.poll(() => looks).toBeGreaterThan(3)
  vi.advanceTimersByTime(5001)
  await update
  expect(onWriteError).not.toHaveBeenCalled()
  expect(await createFileStore(path).load()).toEqual(tokens)
})
