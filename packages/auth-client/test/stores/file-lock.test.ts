import { mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type FileLock, takeFileLock, withFileLock } from '../../src/stores/file-lock.ts'

const forever = Number.POSITIVE_INFINITY

async function createPath(): Promise<{ folder: string; path: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'file-lock-'))
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

/** Lets pollers look a few times. */
async function letPoll() {
  for (let look = 0; look < 5; look += 1) {
    await new Promise((resolve) => {
      setTimeout(resolve, 15)
    })
  }
}

test('one owner at a time holds a lock, and its file goes', async () => {
  const { folder, path } = await createPath()
  let inside = 0
  const most = await Promise.all(
    Array.from({ length: 10 }, () =>
      withFileLock(path, async () => {
        inside += 1
        await stat(path)
        const seen = inside
        inside -= 1
        return seen
      }),
    ),
  )
  expect(most).toEqual(Array.from({ length: 10 }, () => 1))
  expect(await readdir(folder)).toEqual([])
})

test('an error under a lock reaches the caller and frees it', async () => {
  const { folder, path } = await createPath()
  const broken = withFileLock(path, async () => Promise.reject(new Error('from within')))
  await expect(broken).rejects.toThrow('from within')
  expect(await readdir(folder)).toEqual([])
})

test.each(['', 'text of another make', 'a path/of another make', crypto.randomUUID()])(
  'an abandoned lock holding %j is taken over after five seconds',
  async (text) => {
    holdTime()
    const { folder, path } = await createPath()
    await writeFile(path, text)
    let isTaken = false
    const taking = takeFileLock(path, forever)
    void taking.then(() => (isTaken = true))
    await letPoll()
    vi.advanceTimersByTime(4999)
    await letPoll()
    expect(isTaken).toBe(false)
    vi.advanceTimersByTime(2)
    const lock = await taking
    expect(await lock.isHeld()).toBe(true)
    await lock.release()
    expect(await readdir(folder)).toEqual([])
  },
)

test.each([
  ['an hour old, as after a sleep of the machine', -3_600_000],
  ['an hour ahead, as after a clock that was set back', 3_600_000],
])("a lock's age says nothing: one that is %s is watched first", async (_, offsetMs) => {
  holdTime()
  const { path } = await createPath()
  await writeFile(path, crypto.randomUUID())
  const time = new Date(Date.now() + offsetMs)
  await utimes(path, time, time)
  let isTaken = false
  const taking = takeFileLock(path, forever)
  void taking.then(() => (isTaken = true))
  await letPoll()
  expect(isTaken).toBe(false)
  vi.advanceTimersByTime(5001)
  await (await taking).release()
})

test('a living owner refreshes its lock each second and keeps it', async () => {
  holdTime()
  const { path } = await createPath()
  const owner = await takeFileLock(path, forever)
  let isTaken = false
  const taking = takeFileLock(path, forever)
  void taking.then(() => (isTaken = true))
  await letPoll()
  for (let second = 0; second < 12; second += 1) {
    const before = (await stat(path)).mtimeMs
    vi.advanceTimersByTime(1000)
    await expect.poll(async () => (await stat(path)).mtimeMs).toBeGreaterThan(before)
    await letPoll()
    expect(isTaken).toBe(false)
  }
  expect(await owner.isHeld()).toBe(true)
  await owner.release()
  await (await taking).release()
})

test("another owner's lock is watched anew despite the same time", async () => {
  holdTime()
  const { path } = await createPath()
  const time = new Date(0)
  let isTaken = false
  let taking: Promise<FileLock> | undefined
  for (let owner = 0; owner < 3; owner += 1) {
    await writeFile(`${path}.next`, crypto.randomUUID())
    await utimes(`${path}.next`, time, time)
    await rename(`${path}.next`, path)
    taking ??= takeFileLock(path, forever)
    void taking.then(() => (isTaken = true))
    await letPoll()
    vi.advanceTimersByTime(3000)
    await letPoll()
    expect(isTaken).toBe(false)
  }
  vi.advanceTimersByTime(2001)
  await (await taking)?.release()
})

test('an owner whose lock was taken neither removes nor renews it', async () => {
  holdTime()
  const { folder, path } = await createPath()
  const stopped = await takeFileLock(path, forever)
  await rm(path)
  const next = await takeFileLock(path, forever)
  const text = await readFile(path, 'utf8')
  const before = (await stat(path)).mtimeMs
  expect([await stopped.isHeld(), await next.isHeld()]).toEqual([false, true])
  await stopped.release()
  expect(await readFile(path, 'utf8')).toBe(text)
  expect((await stat(path)).mtimeMs).toBe(before)
  await next.release()
  expect(await readdir(folder)).toEqual([])
})

test('a heartbeat touches its own lock alone', async () => {
  holdTime()
  const { path } = await createPath()
  const stopped = await takeFileLock(path, forever)
  await rm(path)
  await writeFile(path, crypto.randomUUID())
  const { mtimeMs } = await stat(path)
  vi.advanceTimersByTime(3000)
  await letPoll()
  expect((await stat(path)).mtimeMs).toBe(mtimeMs)
  await stopped.release()
})

test('of many waiters one at a time takes an abandoned lock', async () => {
  holdTime()
  const { folder, path } = await createPath()
  await writeFile(path, crypto.randomUUID())
  let inside = 0
  const counts = Promise.all(
    Array.from({ length: 20 }, () =>
      withFileLock(path, async () => {
        inside += 1
        await stat(path)
        const seen = inside
        await letPoll()
        inside -= 1
        return seen
      }),
    ),
  )
  await letPoll()
  vi.advanceTimersByTime(5001)
  expect(await counts).toEqual(Array.from({ length: 20 }, () => 1))
  expect(await readdir(folder)).toEqual([])
})

test('a lock that another waiter is removing is left to it', async () => {
  const { path } = await createPath()
  const lock = await takeFileLock(path, forever)
  const claim = `${path}.${await readFile(path, 'utf8')}`
  await writeFile(claim, '')
  await lock.release()
  expect(await lock.isHeld()).toBe(true)
  await stat(claim)
})

test('a claim that a dead process left is removed after a minute', async () => {
  holdTime()
  const { folder, path } = await createPath()
  const nonce = crypto.randomUUID()
  await writeFile(path, nonce)
  await writeFile(`${path}.${nonce}`, '')
  const longAgo = new Date(Date.now() - 61_000)
  await utimes(`${path}.${nonce}`, longAgo, longAgo)
  const taking = takeFileLock(path, forever)
  await letPoll()
  vi.advanceTimersByTime(5001)
  await (await taking).release()
  expect(await readdir(folder)).toEqual([])
})

test('a lock held longer than a caller waits is an error', async () => {
  holdTime()
  const { path } = await createPath()
  const owner = await takeFileLock(path, forever)
  const outcome = takeFileLock(path, 7000).catch(String)
  await letPoll()
  for (let second = 0; second < 8; second += 1) {
    vi.advanceTimersByTime(1000)
    await letPoll()
  }
  expect(await outcome).toContain('is held by another process')
  await owner.release()
})

test('a folder that is not there is an error, not a wait', async () => {
  const { path } = await createPath()
  await expect(takeFileLock(join(path, 'none', 'lock'), forever)).rejects.toThrow('ENOENT')
})

test('a lock that was released shows no more life', async () => {
  holdTime()
  const { path } = await createPath()
  const lock = await takeFileLock(path, forever)
  expect(vi.getTimerCount()).toBe(1)
  await lock.release()
  expect(vi.getTimerCount()).toBe(0)
})
