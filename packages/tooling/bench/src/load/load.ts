import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Credentials } from '../data/credentials.ts'

/** A call and its transport. */
export type Call =
  | 'login'
  | 'refresh'
  | 'me'
  | 'trpc.refresh'
  | 'trpc.me'
  /** Ten calls of `me` in one request. */
  | 'trpc.me.batch'
  | 'healthz'

/**
 * A load for a server: each connection sends its next request after the answer to the one before.
 */
export interface Load {
  url: string
  call: Call
  seconds: number
  connections: number
  /** Requests a second over all connections. Default: no limit. */
  rate?: number
  /** Divided among the connections, so that no two use the same session. */
  credentials: Credentials[]
}

/** NaN without any answer; JSON makes it null. */
const milliseconds = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

/**
 * The result of a load. Times in milliseconds; failures are answers other than 2xx and broken
 * connections.
 */
const loadResult = z.object({
  requests: z.number(),
  seconds: z.number(),
  p50: milliseconds,
  p99: milliseconds,
  max: milliseconds,
  failures: z.number(),
})

export type LoadResult = z.output<typeof loadResult>

/** A load generator in its own process, so that it shares no thread with the server. */
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
      const unanswered = new AbortController()
      child.send(load)
      const answer = await Promise.race([once(child, 'message', { signal: unanswered.signal }), gone])
      unanswered.abort()
      return z.tuple([loadResult]).rest(z.unknown()).parse(answer)[0]
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect()
      await gone
    },
  }
}
