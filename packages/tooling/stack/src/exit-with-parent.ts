import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into every process of the stack and, through NODE_OPTIONS, into their children. A
 * process whose parent died exits too, so that `kill -9` leaves nothing behind on a port.
 */
const parent = process.ppid

if (isMainThread) {
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    setTimeout(() => process.exit(1), 3000).unref()
    process.kill(process.pid, 'SIGTERM')
  }, 200)
  watch.unref()
}
