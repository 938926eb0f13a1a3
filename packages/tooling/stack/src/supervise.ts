import { setTimeout as pause } from 'node:timers/promises'
import type { Child } from './child.ts'

/**
 * A program that ends so often within a minute is given up: what ends it is still there, and is
 * seen sooner when all ends.
 */
const mostEnds = 5
const countedMs = 60_000

/**
 * How long to wait before the first restart, in milliseconds; before each further one twice as
 * long.
 */
const firstPauseMs = 500

interface SuperviseOptions {
  /** Starts the program again; `undefined` when it should not run any more. */
  restart: () => Child | undefined
  /** Hears how the program has ended that is about to be started again. */
  onRestart: (what: string) => void
}

/**
 * Starts a program again whenever it ends, until it ends too often. Resolves with how it ended
 * last.
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
