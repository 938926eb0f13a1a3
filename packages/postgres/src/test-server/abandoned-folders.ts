import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openDataDir } from '../server/data-dir.ts'
import { tryLock } from '../server/lock.ts'
import { clusterName, stopServerProcesses } from '../server/server-processes.ts'

/**
 * Removes the folders of test servers whose process is dead, and stops their remaining processes
 * first. A folder is abandoned when the process id in its name is unused and its lock is free. The
 * id alone is not enough where containers share /dev/shm.
 */
export async function removeAbandonedFolders(parent: string, prefix: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix) || isAlive(Number.parseInt(name.slice(prefix.length), 10))) continue
    await removeAbandoned(join(parent, name)).catch(() => undefined)
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  if ((await stat(folder)).uid !== process.getuid?.()) return
  const home = await openDataDir(folder)
  const lock = tryLock(home.lockFile)
  if (!lock) return
  try {
    const name = await clusterName(home.dataFolder).catch(() => undefined)
    if (name) await stopServerProcesses(name)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  } finally {
    lock.release()
  }
}

/** Returns whether any process has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
