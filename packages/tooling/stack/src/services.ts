import { type Child, type Program, startChild } from './child.ts'
import type { Service } from './programs.ts'
import { supervise } from './supervise.ts'
import { waitUntilReady } from './wait.ts'

/**
 * The services of a stack, which run until all are stopped. One that ends is restarted, unless it
 * ends too often.
 */
export interface Services {
  /**
   * Starts a service, and resolves when it answers 200 at this path.
   * @throws when it ends first, or has not answered in time
   */
  start(service: Service, readyPath: string): Promise<void>
  /**
   * Asks all services at once to end, and kills them after `limitMs`. It reports one that cannot be
   * stopped and stops the rest.
   */
  stop(limitMs: number): Promise<void>
}

interface ServicesOptions {
  /** Longest time until a service's first answer, in milliseconds. */
  readyLimitMs: number
  /** Returns the receiver of each line that a program writes. */
  listen: (program: Program) => (line: string) => void
  /** Receives the way in which a service ended before its restart. */
  onRestart: (what: string) => void
  /** Receives the way in which a service ended that is not restarted. */
  onEnd: (how: string) => void
}

/** Creates a stack without running services. */
export function createServices({ readyLimitMs, listen, onRestart, onEnd }: ServicesOptions): Services {
  const children = new Map<Service, Child>()
  let isStopping = false

  function run(service: Service): Child {
    const child = startChild(service, listen(service))
    children.set(service, child)
    return child
  }

  return {
    async start(service, readyPath) {
      const child = run(service)
      await waitUntilReady(service.url + readyPath, { ended: child.ended, limitMs: readyLimitMs })
      const restart = () => (isStopping ? undefined : run(service))
      const tellOfRestart = (what: string) => {
        if (!isStopping) onRestart(what)
      }
      void supervise(child, { restart, onRestart: tellOfRestart }).then((how) => isStopping || onEnd(how))
    },
    async stop(limitMs) {
      isStopping = true
      await Promise.all(Array.from(children.values(), (child) => child.stop(limitMs).catch(tell)))
    },
  }
}

/** Reports an error during a stop, which must not keep the rest from it. */
export function tell(error: unknown): void {
  process.stderr.write(`${String(error)}\n`)
}
