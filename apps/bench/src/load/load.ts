import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Credentials } from '../data/credentials.ts'

/** What a request asks for, and by which door. */
export type Call =
  | 'login'
  | 'refresh'
  | 'me'
  | 'trpc.refresh'
  | 'trpc.me'
  /** Ten calls of `me` in one request. */
  | 'trpc.me.batch'
  | 'healthz'

/** Load for a server: each connection sends its next request when the one before is answered. */
export interface Load {
  url: string
  call: Call
  seconds: number
  connections: number
  /** Requests a second of all connections together. Default: as many as are answered. */
  rate?: number
  /** Shared out among the connections, so that no two use the same session. */
  credentials: Credentials[]
}

/** What came of it. Times in milliseconds. */
export interface LoadResult {
  requests: number
  seconds: number
  p50: number
  p99: number
  max: number
  /** Answers other than 2xx, and connections that broke. */
  failures: number
}

/** A load generator in a process of its own, so that it takes no time from anything but the machine. */
export interface Generator extends AsyncDisposable {
  pid: number
  run(load: Load): Promise<LoadResult>
}

/** Starts a load generator. It ends when this process does. */
export function startGenerator(): Generator {
  const child = fork(fileURLToPath(import.meta.resolve('./generator.ts')))
  const gone = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    async run(load) {
      const ended = new AbortController()
      child.send(load)
      const answered = once(child, 'message', { signal: ended.signal })
      const result = await Promise.race([answered, gone.then(() => undefined)])
      ended.abort()
      if (result === undefined) throw new Error('The load generator ended.')
      return (await answered)[0] as LoadResult
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
