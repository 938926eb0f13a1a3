import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { emitWarning } from 'node:process'
import { type FileLock, takeFileLock } from './file-lock.ts'
import { hasErrorCode } from './has-error-code.ts'
import { createQueue } from './queue.ts'
import { readTokens, type TokenStore } from './store.ts'
import { createTextStore, type Section } from './text-store.ts'

/** The options of a file store. */
export interface FileStoreOptions {
  /**
   * Called when the tokens could not be written: the disk is full or read-only. The store keeps
   * them in memory and writes them as soon as it can; they are lost if the process ends before.
   * Default: a process warning on stderr.
   */
  onWriteError?: (error: unknown) => void
}

/**
 * Longest wait for another process, in milliseconds: longer than it takes to find a lock abandoned.
 */
const lockWaitMs = 7000

/**
 * Creates a store in a file of this user alone (mode 0600), for a tool or a service in Node.
 * Processes may share the file: each change is one rename under a lock, so that no process reads
 * half a file or overwrites another's change. A file without readable tokens counts as logged out.
 * The next login keeps it as `<path>.unreadable`.
 * @throws from each call that reads what the file system throws, except for an absent file, which
 *   counts as logged out
 * @example
 * const store = createFileStore('/home/ada/.config/flyers/session.json')
 * const client = createAuthClient({ url, store })
 */
export function createFileStore(path: string, options: FileStoreOptions = {}): TokenStore {
  const updates = createLockedSection(`${path}.lock`)

  async function write(text: string | undefined, previous: string | null): Promise<void> {
    await updates.assertHeld()
    if (previous !== null && readTokens(previous) === undefined) await rename(path, `${path}.unreadable`)
    await (text === undefined ? rm(path, { force: true }) : replaceFile(path, text))
  }

  return {
    ...createTextStore({
      place: { read: async () => readIfPresent(path), write },
      oneUpdate: updates.section,
      exclusive: createLockedSection(`${path}.renewal.lock`).section,
      onWriteError: options.onWriteError ?? warn,
    }),
    deviceToken: {
      load: async () => (await readIfPresent(`${path}.device`)) ?? undefined,
      save: async (token) => replaceFile(`${path}.device`, token),
    },
  }
}

function warn(error: unknown): void {
  emitWarning(`The session could not be written and is kept in memory: ${String(error)}`, 'AuthClientWarning')
}

/**
 * Creates a section that one caller of one process enters at a time. Without the lock the section
 * runs all the same. A concurrent refresh is safe, because the service repeats its answer to a
 * refresh token; for writes there is `assertHeld`.
 */
function createLockedSection(lockPath: string): { section: Section; assertHeld: () => Promise<void> } {
  const enqueue = createQueue()
  let lock: FileLock | { error: unknown } = { error: undefined }

  async function take(): Promise<FileLock | { error: unknown }> {
    try {
      await mkdir(dirname(lockPath), { recursive: true, mode: 0o700 })
      return await takeFileLock(lockPath, lockWaitMs)
    } catch (error) {
      return { error }
    }
  }

  return {
    section: async (section) =>
      enqueue(async () => {
        lock = await take()
        try {
          return await section()
        } finally {
          if ('release' in lock) await lock.release()
        }
      }),
    async assertHeld() {
      if ('error' in lock) throw lock.error
      if (!(await lock.isHeld())) throw new Error(`${lockPath} was taken over: this process stood still.`)
    },
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return null
    throw error
  }
}

/**
 * Replaces a file so that readers see the old or the new one, also after a power cut: the new file
 * is on the disk before its rename.
 */
async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
