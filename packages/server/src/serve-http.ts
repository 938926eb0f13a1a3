import { setTimeout as pause } from 'node:timers/promises'
import { createHttpServer, type HttpServerOptions } from './http-server.ts'
import { createStop, listen, type ListenAddress, urlOf } from './listen.ts'
import type { RunningServer } from './process.ts'

/**
 * Longest time that a stop waits for running requests, and again for `release`, in milliseconds.
 */
const stopLimitMs = 10_000

export interface ServeOptions extends HttpServerOptions, ListenAddress {
  /** Runs when a stop begins; the server answers normally until it is done. Default: nothing. */
  beforeStop?: (options: { isUrgent: boolean }) => Promise<void>
  /**
   * Closes the resources of the answers, after the last answer or when the server cannot listen. A
   * stop waits at most 10 seconds for it, so that a silent database does not block the exit.
   */
  release: () => Promise<unknown>
}

/**
 * Serves HTTP and resolves when it listens. A stop refuses new connections and finishes running
 * requests for at most 10 seconds.
 * @throws when the port is taken (`EADDRINUSE`) or not allowed
 */
export async function serveHttp(options: ServeOptions): Promise<RunningServer> {
  const { host, beforeStop } = options
  const server = createHttpServer(options)
  const stop = createStop(server, { limitMs: stopLimitMs })
  const release = async () => Promise.race([options.release(), pause(stopLimitMs, undefined, { ref: false })])
  const port = await listen(server, options).catch(async (error: unknown) => {
    await release()
    throw error
  })
  return {
    url: urlOf({ host, port }),
    async stop({ isUrgent = false } = {}) {
      await beforeStop?.({ isUrgent })
      await stop({ isUrgent })
      await release()
    },
  }
}
