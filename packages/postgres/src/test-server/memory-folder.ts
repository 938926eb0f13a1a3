import { randomBytes } from 'node:crypto'
import { access, constants, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeAbandonedFolders } from './abandoned-folders.ts'

const folderPrefix = 'accounts-postgres-test-'
const enoughBytes = 512 * 1024 * 1024

/** Room for the data of a test server. */
export type MemoryFolder = {
  /** A path that is free. */
  path: string
  remove: () => Promise<void>
}

/** Names a new folder in memory where there is room, and removes folders that killed runs left. */
export async function createMemoryFolder(): Promise<MemoryFolder> {
  const parent = await findParent()
  await removeAbandonedFolders(parent, folderPrefix)
  const path = join(parent, `${folderPrefix}${process.pid}-${randomBytes(5).toString('hex')}`)
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) }
}

/** /dev/shm is memory on Linux; containers often limit it to 64 MB. */
async function findParent(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs('/dev/shm')
    return bavail * bsize >= enoughBytes ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
