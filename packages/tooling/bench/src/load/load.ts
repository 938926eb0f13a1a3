import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
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

/** NaN when nothing was answered, which is null on its way here. */
const milliseconds = z
  .number()
  .nullable()
  .transform((value) => value ?? Number.NaN)

/**
 * What came of it. Times in milliseconds; failures are answers other than 2xx and connections that
 * broke.
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

/**
 * A load generator in a process of its own, so that it takes no time from anything but the machine.
 */
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
