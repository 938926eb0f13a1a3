import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { hasErrorCode } from './has-error-code.ts'

/** How often the owner of a lock shows that it lives. */
const heartbeatMs = 1000

/**
 * A lock that shows no sign of life while another process watches it for so long was left by a
 * process that died.
 */
const abandonedAfterMs = 5000

/** How long to wait before looking again. */
const pollMs = 10

/**
 * A claim is held for less than a millisecond: one that old was left by a process that died in it.
 */
const claimLostAfterMs = 60_000

/** A lock that is held. */
export interface FileLock {
  /** False once another process has taken it over, because this one stood still. */
  isHeld(): Promise<boolean>
  /** Removes it where it is still held. Never rejects: what cannot be removed is taken over. */
  release(): Promise<void>
}

/** Runs something while a lock file is held, one process at a time. @throws as `takeFileLock` */
export async function withFileLock<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  const lock = await takeFileLock(path, Number.POSITIVE_INFINITY)
  try {
    return await run()
  } finally {
    await lock.release()
  }
}

/**
 * Takes a lock file. One that its owner left behind is taken over after 5 seconds, by the waiting
 * process's own stopwatch: no clock that jumps, and no sleep of the machine, makes a living owner
 * look dead.
 * @throws what the file system throws; an error when the lock is not free within `maxWaitMs`
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

/** By its handle, not by its path: there may be the lock of another by now. */
async function showLife(file: FileHandle): Promise<void> {
  const now = new Date()
  await file.utimes(now, now).catch(() => {})
}

async function removeAbandoned(path: string, sign: string): Promise<void> {
  await removeClaimed(path, await readNonce(path), async () => (await readSign(path)) === sign)
}

/**
 * Removes the lock of one nonce and no other: only the process that has claimed the nonce may, and
 * looks again then. Without the claim two who found the same lock abandoned could remove it one
 * after the other, the second one removing the new lock of the first.
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

/** @returns undefined when it is there already */
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

/** Who holds a lock and when it last showed life; empty for none. */
async function readSign(path: string): Promise<string> {
  try {
    return `${await readNonce(path)} ${(await stat(path)).mtimeMs}`
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return ''
    throw error
  }
}

/** What was not written by this code has no nonce. */
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
