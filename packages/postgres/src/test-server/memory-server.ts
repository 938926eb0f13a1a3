import { randomBytes } from 'node:crypto'
import { access, constants, rm, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeAbandonedFolders } from './abandoned-folders.ts'
import { openDataDir } from '../server/data-dir.ts'
import { tryLock } from '../server/lock.ts'
import { type OwnServer, ownServer } from '../server/own-server.ts'

const folderPrefix = 'accounts-postgres-test-'
const enoughBytes = 512 * 1024 * 1024
const startTimeoutMs = 120_000

/** What makes a server fast that nobody will miss after a power cut. */
const settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
}

/** A server in a folder of its own that `stop()` removes. */
export async function startMemoryServer(): Promise<OwnServer> {
  const parent = await memoryFolder()
  await removeAbandonedFolders(parent, folderPrefix)
  const folder = join(parent, `${folderPrefix}${process.pid}-${randomBytes(5).toString('hex')}`)
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const home = await openDataDir(folder)
    const lock = tryLock(home.lockFile)
    if (!lock) throw new Error(`${folder} is locked by another process.`)
    const server = await ownServer(home, { lock, settings, deadline: Date.now() + startTimeoutMs })
    return { ...server, stop: () => server.stop().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/** /dev/shm is memory on Linux; containers often give it 64 MB only. */
async function memoryFolder(): Promise<string> {
  try {
    await access('/dev/shm', constants.W_OK | constants.X_OK)
    const { bavail, bsize } = await statfs('/dev/shm')
    return bavail * bsize >= enoughBytes ? '/dev/shm' : tmpdir()
  } catch {
    return tmpdir()
  }
}
