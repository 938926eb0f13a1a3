import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** A lock that the kernel releases when its process dies, however it dies. */
export type Lock = { release: () => void }

const sqliteBusy = 5

/**
 * Takes the lock on `file`, or returns undefined when this or another process holds it.
 *
 * Node has no flock(); SQLite's exclusive transaction is a kernel lock on the file. Never open the
 * file by other means: POSIX drops a process's locks when it closes any descriptor of the file.
 */
export function tryLock(file: string): Lock | undefined {
  const database = openFile(file)
  try {
    chmodSync(file, 0o600)
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  } catch (error) {
    database.close()
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return undefined
    throw error
  }
  return { release: () => database.isOpen && database.close() }
}

function openFile(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { timeout: 0 })
  } catch (cause) {
    throw new Error(`${file} cannot be opened for writing.`, { cause })
  }
}
