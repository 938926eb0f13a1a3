import { setTimeout as pause } from 'node:timers/promises'
import type { Child } from './child.ts'

/**
 * A program that ends this often within a minute is not restarted: the cause persists, and is
 * noticed sooner when everything ends.
 */
const mostEnds = 5
const countedMs = 60_000

/** Pause before the first restart, in milliseconds; it doubles before each further one. */
const firstPauseMs = 500

interface SuperviseOptions {
  /** Restarts the program; `undefined` when it should not run any more. */
  restart: () => Child | undefined
  /** Receives the way in which the program ended before its restart. */
  onRestart: (what: string) => void
}

/**
 * Restarts a program whenever it ends, until it ends too often. Resolves to the way in which it
 * ended last.
 */
export async function supervise(first: Child, { restart, onRestart }: SuperviseOptions): Promise<string> {
  let ends: number[] = []
  let child: Child | undefined = first
  let how = ''
  while (child !== undefined) {
    how = await child.ended
    await child.stop(0) // What it has started goes, too: it may hold the port.
    const now = performance.now()
    ends = [...ends.filter((at) => at > now - countedMs), now]
    if (ends.length >= mostEnds)
      return `${how}, ${ends.length} times within a minute: it is not started again.`
    const pauseMs = firstPauseMs * 2 ** (ends.length - 1)
    onRestart(`${how}. It is started again in ${pauseMs / 1000} s.`)
    await pause(pauseMs)
    child = restart()
  }
  return how
}
