import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { hasErrorCode } from './has-error-code.ts'

/** Interval at which the owner of a lock updates it, in milliseconds. */
const heartbeatMs = 1000

/**
 * A lock without an update for this long, as a waiting process measures it, is abandoned: its owner
 * died.
 */
const abandonedAfterMs = 5000

/** Pause between two looks at a lock, in milliseconds. */
const pollMs = 10

/** A claim lasts less than a millisecond: one this old is from a process that died within it. */
const claimLostAfterMs = 60_000

/** A lock that is held. */
export interface FileLock {
  /** Returns false once another process has taken the lock over, because this one stood still. */
  isHeld(): Promise<boolean>
  /**
   * Removes the lock if it is still held. Never rejects: other processes take over a lock that
   * stays.
   */
  release(): Promise<void>
}

/**
 * Runs a function while a lock file is held, one process at a time.
 * @throws as `takeFileLock`
 */
export async function withFileLock<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  const lock = await takeFileLock(path, Number.POSITIVE_INFINITY)
  try {
    return await run()
  } finally {
    await lock.release()
  }
}

/**
 * Takes a lock file. An abandoned one is taken over after 5 seconds by the waiting process's own
 * stopwatch: neither a jump of the clock nor a sleep of the machine makes a living owner look dead.
 * @throws errors of the file system; an error when the lock is not free within `maxWaitMs`
 */
export async function takeFileLock(path: string, maxWaitMs: number): Promise<FileLock> {
  const nonce = randomUUID()
  const startMs = performance.now()
  let watched = { sign: '', sinceMs: startMs }
  for (;;) {
    const file = await createFile(path, nonce)
    if (file !== undefined) return holdLock(path, nonce, file)
    const nowMs = performance.now()
    const sign = await readSign(path)
    if (sign !== watched.sign) watched = { sign, sinceMs: nowMs }
    else if (nowMs - watched.sinceMs > abandonedAfterMs) await removeAbandoned(path, sign)
    if (nowMs - startMs > maxWaitMs) throw new Error(`${path} is held by another process.`)
    await pause(pollMs)
  }
}

function holdLock(path: string, nonce: string, file: FileHandle): FileLock {
  const heartbeat = setInterval(() => void showLife(file), heartbeatMs)
  const isHeld = async () => (await readNonce(path)) === nonce
  return {
    isHeld,
    async release() {
      clearInterval(heartbeat)
      await file.close().catch(() => {})
      await removeClaimed(path, nonce, isHeld).catch(() => {})
    },
  }
}

/** Uses the handle and not the path, where another process's lock may be by now. */
async function showLife(file: FileHandle): Promise<void> {
  const now = new Date()
  await file.utimes(now, now).catch(() => {})
}

async function removeAbandoned(path: string, sign: string): Promise<void> {
  await removeClaimed(path, await readNonce(path), async () => (await readSign(path)) === sign)
}

/**
 * Removes the lock of one nonce and no other: only the process that has claimed the nonce may,
 * after a second look. Without the claim, two processes that found the same lock abandoned could
 * both remove it, the second one removing the first one's new lock.
 */
async function removeClaimed(path: string, nonce: string, isStill: () => Promise<boolean>): Promise<void> {
  const claim = `${path}.${nonce}`
  const file = await createFile(claim, '')
  if (file === undefined) {
    if (await isOlder(claim, claimLostAfterMs)) await rm(claim, { force: true })
    return
  }
  try {
    await file.close()
    if (await isStill()) await rm(path, { force: true })
  } finally {
    await rm(claim, { force: true })
  }
}

/** @returns undefined when it exists */
async function createFile(path: string, text: string): Promise<FileHandle | undefined> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(text).catch(async (error: unknown) => {
      await file.close()
      await rm(path, { force: true })
      throw error
    })
    return file
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return undefined
    throw error
  }
}

/** Returns the holder of a lock and its last update; empty for none. */
async function readSign(path: string): Promise<string> {
  try {
    return `${await readNonce(path)} ${(await stat(path)).mtimeMs}`
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return ''
    throw error
  }
}

/** Returns no nonce for a file that another program wrote. */
async function readNonce(path: string): Promise<string> {
  try {
    return /^[\w-]{36}$/.exec(await readFile(path, 'utf8'))?.[0] ?? 'none'
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return ''
    throw error
  }
}

async function isOlder(path: string, ageMs: number): Promise<boolean> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > ageMs,
    () => false,
  )
}
