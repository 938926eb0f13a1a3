import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { withFileLock } from './file-lock.ts'
import { isNamed } from './is-named.ts'
import { createQueue } from './queue.ts'
import { type Change, readTokens, type StoredTokens, type TokenStore, writeTokens } from './store.ts'

/**
 * Keeps tokens in a file of this user alone (mode 0600), for a tool or a service in Node. Processes may share it: each change is one
 * rename under a lock, so that a file is never half written and none overwrites what another has just stored. A file that cannot be read
 * as tokens counts as signed out, stays as it is until the next login, and is kept beside it then, as `<path>.unreadable`.
 * @throws from each call what the file system throws, but for a file that is not there: that is signed out
 */
export function createFileStore(path: string): TokenStore {
  const load = async () => readTokens(await readIfPresent(path))

  async function update(change: Change): Promise<StoredTokens | undefined> {
    const text = await readIfPresent(path)
    const current = readTokens(text)
    const tokens = change(current)
    if (tokens === current) return tokens
    if (text !== undefined && current === undefined) await rename(path, `${path}.unreadable`)
    await (tokens === undefined ? rm(path, { force: true }) : replaceFile(path, writeTokens(tokens)))
    return tokens
  }

  const oneUpdate = createSection(`${path}.lock`)
  return {
    load,
    update: async (change) => oneUpdate(async () => update(change)),
    exclusive: createSection(`${path}.renewal.lock`),
  }
}

/** A section that one process enters at a time, and in a process one caller. */
function createSection(lockPath: string): <Result>(section: () => Promise<Result>) => Promise<Result> {
  const enqueue = createQueue()
  return async (section) =>
    enqueue(async () => {
      await mkdir(dirname(lockPath), { recursive: true, mode: 0o700 })
      return withFileLock(lockPath, section)
    })
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (isNamed(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Readers see the old file or the new one, also after a power cut: what is renamed is on the disk before. */
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
