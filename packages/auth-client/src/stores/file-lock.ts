import { open, rm, stat, utimes } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { isNamed } from './is-named.ts'

/** How often whoever holds a lock shows that it lives. */
const heartbeatMs = 1000

/** A lock without a sign of life for so long was left by a process that died. */
const abandonedAfterMs = 5000

/** How long to wait before looking again. */
const pollMs = 10

/** Runs something while a lock file is held, one process at a time. A lock that its owner left behind is taken over after 5 seconds. */
export async function withFileLock<Result>(path: string, run: () => Promise<Result>): Promise<Result> {
  await takeLock(path)
  const heartbeat = setInterval(() => void touch(path), heartbeatMs)
  try {
    return await run()
  } finally {
    clearInterval(heartbeat)
    await rm(path, { force: true })
  }
}

async function takeLock(path: string): Promise<void> {
  while (!(await createLock(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true })
    else await pause(pollMs)
  }
}

async function createLock(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.close()
    return true
  } catch (error) {
    if (isNamed(error, 'EEXIST')) return false
    throw error
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > abandonedAfterMs
  } catch (error) {
    if (isNamed(error, 'ENOENT')) return false
    throw error
  }
}

/** A lock that is gone needs no sign of life. */
async function touch(path: string): Promise<void> {
  const now = new Date()
  await utimes(path, now, now).catch(() => {})
}
