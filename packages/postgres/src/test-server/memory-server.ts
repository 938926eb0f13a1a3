import { type DataDir, openDataDir } from '../server/data-dir.ts'
import { tryLock } from '../server/lock.ts'
import { type OwnServer, ownServer } from '../server/own-server.ts'
import { copyCluster } from './cluster-copy.ts'
import { createMemoryFolder } from './memory-folder.ts'

const startTimeoutMs = 120_000

/** Settings for speed: the data need not survive a power cut. */
const fastSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  max_connections: '300',
}

/** A server in a folder of its own that `stop()` removes. */
export async function startMemoryServer(): Promise<OwnServer> {
  const { path, remove } = await createMemoryFolder()
  try {
    const server = await startInFolder(await openDataDir(path), fastSettings)
    return { ...server, stop: () => server.stop().finally(remove) }
  } catch (error) {
    await remove()
    throw error
  }
}

/**
 * Keeps shared memory in files of the data folder. As `PostgreSQL.*` in /dev/shm it would outlive a
 * killed server.
 */
const leavesNothing = { dynamic_shared_memory_type: 'mmap' }

/** Starts the server of a folder that no other process uses, with these settings. */
export async function startInFolder(home: DataDir, settings: Record<string, string>): Promise<OwnServer> {
  const lock = tryLock(home.lockFile)
  if (!lock) throw new Error(`${home.folder} is locked by another process.`)
  await copyCluster(home)
  return ownServer(home, {
    lock,
    settings: { ...leavesNothing, ...settings },
    deadline: Date.now() + startTimeoutMs,
  })
}
