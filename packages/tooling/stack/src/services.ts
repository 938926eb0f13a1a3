import { type Child, type Program, startChild } from './child.ts'
import type { Service } from './programs.ts'
import { supervise } from './supervise.ts'
import { waitUntilReady } from './wait.ts'

/**
 * The services of a stack, which run until all are stopped. One that ends is started again, unless
 * it ends again and again.
 */
export interface Services {
  /**
   * Starts one, and resolves when it answers 200 at this path.
   * @throws how it ended, when it ends first; when it has not answered in time
   */
  start(service: Service, readyPath: string): Promise<void>
  /**
   * Asks all at once to end, and after `limitMs` makes them. One that cannot be stopped is told of,
   * and does not stop the rest.
   */
  stop(limitMs: number): Promise<void>
}

interface ServicesOptions {
  /** How long a service may take to answer for the first time, in milliseconds. */
  readyLimitMs: number
  /** Makes what hears each line that a program writes. */
  listen: (program: Program) => (line: string) => void
  /** Hears how a service has ended that is about to be started again. */
  onRestart: (what: string) => void
  /** Hears how a service has ended that is given up. */
  onEnd: (how: string) => void
}

/** Makes a stack in which nothing runs yet. */
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

/** Says what went wrong while something was stopped, which must not keep the rest from it. */
export function tell(error: unknown): void {
  process.stderr.write(`${String(error)}\n`)
}
